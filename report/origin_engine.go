package report

import "context"

// OriginReading tells what the dictionary numbers of sources and tags say.
type OriginReading interface {
	// Origins returns the texts of the fields behind each number, for
	// touch.SourceOf or touch.UTMOf.
	Origins(ctx context.Context, numbers []int64) ([][8]string, error)
}
