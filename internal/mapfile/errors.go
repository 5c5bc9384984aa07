package mapfile

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"
)

// Problem is what keeps a map file from being used; errors.Is tells it.
type Problem string

func (p Problem) Error() string { return string(p) }

// The problems, each the end of a sentence that begins with the file's name.
const (
	Missing      Problem = "does not exist; check the name, or make the map with \"mapwright new\""
	Exists       Problem = "exists already and is left as it is; choose another name"
	IsFolder     Problem = "is a folder, not a map file"
	NotAMap      Problem = "is not a map file: its contents are something else"
	NotOurs      Problem = "is a GeoPackage, but no map of ours; write its layers as GeoJSON with \"ogr2ogr -f GeoJSON OUT.geojson FILE.gpkg LAYER\" and import that into a map"
	Damaged      Problem = "is damaged and can't be read whole; restore it from a copy if you have one, or import what QGIS can still read into a new map"
	Newer        Problem = "was made by a newer version of Mapwright and can only be read; update Mapwright to change it"
	ReadOnly     Problem = "can't be changed: it, or its folder, is write-protected"
	Unreadable   Problem = "may not be read by you; ask its owner for leave to read it and its folder"
	Busy         Problem = "is being changed by another program, such as QGIS; try again when that is done"
	DiskFull     Problem = "could not be changed because the disk is full; the map is as it was before, so make room and try again"
	CannotBeMade Problem = "could not be made"
	Closed       Problem = "is closed"
	Gone         Problem = "is not where it was opened: it was moved, renamed or deleted, or its disk is not connected; put it back and go on, for until then nothing can be saved"
)

// Error is a problem with one map file.
type Error struct {
	Path    string
	Problem Problem
	Err     error // the cause, or nil
}

func (e *Error) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("the map %s %s", e.Path, e.Problem)
	}
	return fmt.Sprintf("the map %s %s (%v)", e.Path, e.Problem, e.Err)
}

// Unwrap gives the problem and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Problem}
	}
	return []error{e.Problem, e.Err}
}

// Holder is who has a map open for changes.
type Holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Program string    `json:"program"`
	Since   time.Time `json:"since"`
	Tidying bool      `json:"tidying,omitempty"` // a reader that folds the log and is gone in a moment
}

// LockedError says that somebody else has the map open for changes.
type LockedError struct {
	Path   string
	Holder Holder // zero when the holder could not be read
}

func (e *LockedError) Error() string {
	if e.Holder.PID == 0 {
		return fmt.Sprintf("the map %s is open for changes elsewhere; close it there first", e.Path)
	}
	return fmt.Sprintf("the map %s is open for changes in %s (process %d on %s, since %s); close it there first",
		e.Path, e.Holder.Program, e.Holder.PID, e.Holder.Host, e.Holder.Since.Local().Format("2 January 15:04"))
}

// explain gives an error of SQLite or of the system the name of the problem
// behind it. Other errors, such as carto's, pass as they are.
func explain(path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	problem, ok := problemOf(err)
	if !ok {
		return err
	}
	return &Error{Path: path, Problem: problem, Err: err}
}

// explainRead is explain where nothing was to be changed: what is protected is
// protected from being read.
func explainRead(path string, err error) error {
	err = explain(path, err)
	var known *Error
	if errors.As(err, &known) && known.Problem == ReadOnly {
		return &Error{Path: known.Path, Problem: Unreadable, Err: known.Err}
	}
	return err
}

func problemOf(err error) (Problem, bool) {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return problemOfSQLite(lite)
	}
	switch {
	case errors.Is(err, errGeometry):
		return "", false
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return DiskFull, true
	case errors.Is(err, os.ErrNotExist):
		return Missing, true
	case errors.Is(err, os.ErrExist):
		return Exists, true
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return ReadOnly, true
	}
	return "", false
}

func problemOfSQLite(err sqlite3.Error) (Problem, bool) {
	if err.SystemErrno == syscall.ENOSPC || err.SystemErrno == syscall.EDQUOT {
		return DiskFull, true
	}
	switch err.Code {
	case sqlite3.ErrFull:
		return DiskFull, true
	case sqlite3.ErrCorrupt:
		return Damaged, true
	case sqlite3.ErrNotADB:
		return NotAMap, true
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return Busy, true
	case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrCantOpen:
		return ReadOnly, true
	}
	return "", false
}
