package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// A Cosigner is a note.Verifier for cosignatures of type 0x04, written after c2sp.org/tlog-cosignature alone:
// golang.org/x/mod knows signatures of logs only.
type Cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

// newCosigner reads "<name>+<key id>+<base64 of 0x04 and the key>".
func newCosigner(vkey string) (*Cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("no key of three parts")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 33 || raw[0] != 4 {
		return nil, errors.New("no key of a cosigner")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), raw...))
	if fmt.Sprintf("%x", sum[:4]) != parts[1] {
		return nil, errors.New("key and key id differ")
	}
	return &Cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), ed25519.PublicKey(raw[1:])}, nil
}

func (one *Cosigner) Name() string    { return one.name }
func (one *Cosigner) KeyHash() uint32 { return one.hash }

// Verify checks eight bytes of time and 64 bytes of Ed25519 over the three parts of the signed message.
func (one *Cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 72 {
		return false
	}
	seconds := binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", seconds, text)
	return seconds < 1<<63 && ed25519.Verify(one.key, []byte(message), signature[8:])
}

// cosigned checks that each of these witnesses stands under a note of the log.
func cosigned(text, vkey string, witnesses []string) error {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	known := []note.Verifier{log}
	for _, one := range witnesses {
		cosigner, err := newCosigner(one)
		if err != nil {
			return err
		}
		known = append(known, cosigner)
	}
	opened, err := note.Open([]byte(text), note.VerifierList(known...))
	if err != nil {
		return err
	}
	if len(opened.Sigs) != len(known) {
		return errors.New("a witness is missing")
	}
	return nil
}
