// A reader of logs made of Go's own packages (golang.org/x/mod/sumdb/note and tlog).
//
//	ledger stdin                         cases as JSON lines; answers "ok" or "refused: why", one line a case
//	ledger http PREFIX VKEY [WITNESS…]   reads all of a served log; answers "ok" and its size, or why not
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Case is one thing to be believed or not. Hashes are base64, as in checkpoints.
type Case struct {
	VKey     string
	Note     string
	Leaf     []byte
	Index    int64
	Path     []tlog.Hash
	OldNote  string
	TreePath []tlog.Hash
	// Witnesses are the keys of those who have to stand under the note beside the log.
	Witnesses []string
}

// open checks the signature of a checkpoint and reads its three lines.
func open(text, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not three lines of this origin")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// judge checks the note, the inclusion of the leaf, and consistency with the older note if there is one.
func judge(one Case) error {
	tree, err := open(one.Note, one.VKey)
	if err != nil {
		return err
	}
	if err := cosigned(one.Note, one.VKey, one.Witnesses); err != nil {
		return err
	}
	leaf := tlog.RecordHash(one.Leaf)
	if err := tlog.CheckRecord(tlog.RecordProof(one.Path), tree.N, tree.Hash, one.Index, leaf); err != nil {
		return err
	}
	if one.OldNote == "" {
		return nil
	}
	old, err := open(one.OldNote, one.VKey)
	if err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(one.TreePath), tree.N, tree.Hash, old.N, old.Hash)
}

func main() {
	if os.Args[1] == "http" {
		if err := served(Served{os.Args[2]}, os.Args[3], os.Args[4:]); err != nil {
			fmt.Println("refused:", err)
		}
		return
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var one Case
		err := json.Unmarshal(lines.Bytes(), &one)
		if err == nil {
			err = judge(one)
		}
		if err != nil {
			fmt.Println("refused:", strings.ReplaceAll(err.Error(), "\n", " "))
			continue
		}
		fmt.Println("ok")
	}
}
