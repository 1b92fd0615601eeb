package touch

// Millis is an instant in UTC milliseconds, or a length in milliseconds.
type Millis int64

// Lengths of time.
const (
	Minute Millis = 60_000
	Day    Millis = 24 * 60 * Minute
)

// View is one page view of a visitor, as it was reported.
type View struct {
	ID       string `json:"id,omitempty"` // unique within the visitor; the same twice is one view; "" = none
	Visitor  string `json:"visitor"`
	At       Millis `json:"at"`
	Page     string `json:"page"` // the address, with its parameters
	Referrer string `json:"referrer,omitempty"`
	UTM      UTM    `json:"utm,omitzero"` // what was told apart from the address; it decides

	Device  string `json:"device,omitempty"`  // one of Devices
	Country string `json:"country,omitempty"` // two letters, as ISO 3166 has them
}
