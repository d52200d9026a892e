package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// A Served is a log behind an address, read as tiles of height 8.
type Served struct{ Prefix string }

func (log Served) get(path string) ([]byte, error) {
	answer, err := http.Get(log.Prefix + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != 200 {
		err = fmt.Errorf("%s: %s", path, answer.Status)
	}
	return body, err
}

// Height, ReadTiles and SaveTiles make it a tlog.TileReader.
func (log Served) Height() int                     { return 8 }
func (log Served) SaveTiles([]tlog.Tile, [][]byte) {}
func (log Served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		raw, err := log.get(strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		all = append(all, raw)
	}
	return all, nil
}

// entries reads every bundle that a log of this size has.
func (log Served) entries(size int64) ([][]byte, error) {
	var leaves [][]byte
	for size > int64(len(leaves)) {
		tile := tlog.Tile{H: 8, L: 0, N: int64(len(leaves)) / 256, W: 256}
		if left := size - int64(len(leaves)); left < 256 {
			tile.W = int(left)
		}
		raw, err := log.get(strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
		if err != nil {
			return nil, err
		}
		for i := 0; i < tile.W; i++ {
			if len(raw) < 2 || len(raw) < 2+int(binary.BigEndian.Uint16(raw)) {
				return nil, errors.New("a bundle ends within an entry")
			}
			end := 2 + int(binary.BigEndian.Uint16(raw))
			leaves, raw = append(leaves, raw[2:end]), raw[end:]
		}
		if len(raw) != 0 {
			return nil, errors.New("a bundle has bytes left")
		}
	}
	return leaves, nil
}

func (log Served) hashes(path string) ([]tlog.Hash, error) {
	raw, err := log.get(path)
	var said struct{ Hashes []tlog.Hash }
	if err == nil {
		err = json.Unmarshal(raw, &said)
	}
	return said.Hashes, err
}

// served checks a whole log over HTTP, and that edited parts of it are refused; gives what it checked.
func served(log Served, vkey string, witnesses []string) error {
	text, err := log.get("checkpoint")
	if err != nil {
		return err
	}
	tree, err := open(string(text), vkey)
	if err != nil {
		return err
	}
	if _, err := open(strings.Replace(string(text), "\n", "x\n", 1), vkey); err == nil {
		return errors.New("an edited note was believed")
	}
	if err := cosigned(string(text), vkey, witnesses); err != nil {
		return err
	}
	leaves, err := log.entries(tree.N)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, log)
	for index, leaf := range leaves {
		found, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(index))})
		if err != nil {
			return err
		}
		if found[0] != tlog.RecordHash(leaf) {
			return fmt.Errorf("tile and entry %d differ", index)
		}
		path, err := log.hashes(fmt.Sprintf("proof?index=%d&size=%d", index, tree.N))
		if err != nil {
			return err
		}
		place := int64(index)
		if err := tlog.CheckRecord(path, tree.N, tree.Hash, place, tlog.RecordHash(leaf)); err != nil {
			return err
		}
		edited := tlog.RecordHash(append([]byte("x"), leaf...))
		if tlog.CheckRecord(path, tree.N, tree.Hash, place, edited) == nil {
			return errors.New("an edited entry was believed")
		}
	}
	for old := int64(1); old < tree.N; old++ {
		before, err := tlog.TreeHash(old, reader)
		if err != nil {
			return err
		}
		path, err := log.hashes(fmt.Sprintf("consistency?from=%d&to=%d", old, tree.N))
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(path, tree.N, tree.Hash, old, before); err != nil {
			return err
		}
		if tlog.CheckTree(path, tree.N, tree.Hash, old, tree.Hash) == nil {
			return errors.New("another older tree was believed")
		}
	}
	fmt.Println("ok", tree.N)
	return nil
}
