package wire

import (
	"fmt"

	"github.com/mapwright/mapwright/plugins/artwork"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
)

var operations = map[artwork.Operation]exportv1.Operation{
	artwork.Engrave: exportv1.Operation_OPERATION_ENGRAVE,
	artwork.Relief:  exportv1.Operation_OPERATION_RELIEF,
	artwork.Score:   exportv1.Operation_OPERATION_SCORE,
	artwork.Cut:     exportv1.Operation_OPERATION_CUT,
	artwork.Guide:   exportv1.Operation_OPERATION_GUIDE,
}

// EncodeOperation gives the wire's value of an operation, or an error for one
// that artwork does not know.
func EncodeOperation(o artwork.Operation) (exportv1.Operation, error) {
	if v, ok := operations[o]; ok {
		return v, nil
	}
	return 0, fmt.Errorf("unknown operation %q", o)
}

// DecodeOperation is the reverse of EncodeOperation. A value that this version
// does not know is an error: a machine must not guess what to burn.
func DecodeOperation(v exportv1.Operation) (artwork.Operation, error) {
	for _, o := range artwork.Operations() {
		if operations[o] == v {
			return o, nil
		}
	}
	return "", fmt.Errorf("unknown operation number %d: this plugin is older than the app", v)
}
