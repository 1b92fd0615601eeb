// Command tidemark is the whole product in one program: `serve` and `demo` run
// it, the other commands talk to whoever owns a data folder.
//
// App is the program as a value: New takes the data folder and wires record,
// engine, projector, use cases and API; Run serves until its context ends;
// Close gives everything back. The end-to-end tests start the same App.
//
// Only wiring, flags and words for people belong here.
package main
