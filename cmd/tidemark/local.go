package main

import (
	"encoding/json"
	"net/http"

	"github.com/tidemark/tidemark/api"
	"github.com/tidemark/tidemark/workspace"
)

// localHandler serves the socket in the data folder: the whole API, and what
// only the owner of the folder may ask for.
func (a *App) localHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", a.server.Local())
	mux.HandleFunc("POST /local/workspaces", a.answer(a.createWorkspace))
	mux.HandleFunc("POST /local/rebuild", a.answer(a.rebuild))
	mux.HandleFunc("POST /local/check", a.answer(a.check))
	mux.HandleFunc("POST /local/backup", a.answer(a.backup))
	return mux
}

// answer makes a handler of one that may fail. What goes wrong after the
// first line is told as the last one.
func (a *App) answer(handle func(*lineWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		out := &lineWriter{w: w, flush: http.NewResponseController(w)}
		err := handle(out, r)
		if err == nil {
			return
		}
		p := a.server.Problem(r.Context(), err)
		if out.begun {
			_ = out.write(line{Problem: p})
			return
		}
		api.WriteProblem(w, p)
	}
}

// line is one line of a long answer.
type line struct {
	What    string       `json:"what,omitempty"`
	Done    int64        `json:"done"`
	Total   int64        `json:"total"`
	Finding string       `json:"finding,omitempty"` // of check: something that is wrong
	Data    []byte       `json:"data,omitempty"`    // of backup: more of the archive
	Problem *api.Problem `json:"problem,omitempty"` // the work failed
}

// lineWriter writes an answer line by line, each at once.
type lineWriter struct {
	w     http.ResponseWriter
	flush *http.ResponseController
	begun bool
}

func (l *lineWriter) write(v any) error {
	l.begun = true
	if err := json.NewEncoder(l.w).Encode(v); err != nil {
		return err
	}
	return l.flush.Flush()
}

// lineData sends what is written as lines.
type lineData struct{ out *lineWriter }

// Write implements io.Writer.
func (d lineData) Write(b []byte) (int, error) { return len(b), d.out.write(line{Data: b}) }

// workspaceAsked is what `workspace create` sends, and workspaceMade what it
// gets.
type workspaceAsked struct{ Name, TimeZone, Currency string }

type workspaceMade struct {
	ID   int64
	Name string
}

func (a *App) createWorkspace(out *lineWriter, r *http.Request) error {
	var asked workspaceAsked
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return err
	}
	made, err := a.workspace.CreateWorkspace(r.Context(), workspace.CreateWorkspaceInput{
		Name: asked.Name, TimeZone: asked.TimeZone, Currency: asked.Currency, Actor: workspace.Local(0).Actor(),
	})
	if err != nil {
		return err
	}
	return out.write(workspaceMade{int64(made.Workspace), made.Settings.Name})
}
