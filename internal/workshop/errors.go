package workshop

import (
	"context"
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/export"
	"github.com/mapwright/mapwright/internal/machine"
	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/internal/source"
)

// Code says what kind of failure an error is; scripts decide on it.
type Code string

// The codes.
const (
	CodeFailed    Code = "failed"    // a bad file, a second writer, a full disk …
	CodeUsage     Code = "usage"     // an unknown layer, key, format, plan …
	CodeCheck     Code = "check"     // the check found errors
	CodeCredits   Code = "credits"   // not enough credits
	CodeSignIn    Code = "sign-in"   // a sign-in or a lease is needed
	CodePlugin    Code = "plugin"    // a plugin failed
	CodeCancelled Code = "cancelled" // stopped by the person
)

// Error is an error with its code and the layer and format that it is about,
// where there is one.
type Error struct {
	Code          Code
	Layer, Format string
	Err           error
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// usage makes an error about words that the person used.
func usage(format string, args ...any) error {
	return &Error{Code: CodeUsage, Err: fmt.Errorf(format, args...)}
}

// Explain finds the code of any error that a use case returned.
func Explain(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if e, ok := errors.AsType[*export.PluginError](err); ok {
		return &Error{Code: CodePlugin, Format: e.Format, Err: err}
	}
	if e, ok := errors.AsType[*export.OptionError](err); ok {
		return &Error{Code: CodeUsage, Format: e.Format, Err: err}
	}
	if e, ok := errors.AsType[pluginhost.UnknownFormatError](err); ok {
		return &Error{Code: CodeUsage, Format: e.ID, Err: err}
	}
	if e, ok := errors.AsType[*carto.NoLayerError](err); ok {
		return &Error{Code: CodeUsage, Layer: e.Name, Err: err}
	}
	for _, k := range []struct {
		is   func(error) bool
		code Code
	}{
		{isType[*carto.NameTakenError], CodeUsage},
		{isType[*carto.InvalidError], CodeUsage},
		{isType[*carto.BoxError], CodeUsage},
		{isType[*machine.UnknownError], CodeUsage},
		{isType[*machine.MismatchError], CodeUsage},
		{isType[*credits.NotEnoughError], CodeCredits},
		{isType[*credits.LeaseNeededError], CodeSignIn},
		{func(err error) bool { return errors.Is(err, source.ErrUnknownPreset) }, CodeUsage},
		{func(err error) bool { return errors.Is(err, context.Canceled) }, CodeCancelled},
	} {
		if k.is(err) {
			return &Error{Code: k.code, Err: err}
		}
	}
	return &Error{Code: CodeFailed, Err: err}
}

func isType[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
