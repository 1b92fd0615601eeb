package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// runEnv makes the test binary the program: tests that kill it need the real
// process.
const runEnv = "TIDEMARK_TEST_IS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(runEnv) != "" {
		os.Exit(realMain())
	}
	testscript.Main(m, map[string]func(){"tidemark": func() { os.Exit(realMain()) }})
}

// TestScripts plays the stories of testdata/script: the real program, as a
// person uses it.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TMPDIR", env.WorkDir)
			env.Values["processes"] = processes{}
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"start": startProgram, "stop": stopProgram, "http": callHTTP, "setenvfrom": setFromFile,
		},
	})
}

// startProgram starts the program under a name and waits until its standard
// output matches: start NAME PATTERN ARGS...
func startProgram(ts *testscript.TestScript, _ bool, args []string) {
	name, pattern := args[0], regexp.MustCompile(args[1])
	out, err := os.Create(ts.MkAbs(name + ".out"))
	ts.Check(err)
	errs, err := os.Create(ts.MkAbs(name + ".err"))
	ts.Check(err)
	self, err := os.Executable()
	ts.Check(err)
	c := exec.Command(self, args[2:]...)
	c.Dir, c.Stdout, c.Stderr = ts.MkAbs("."), out, errs
	c.Env = append(os.Environ(), runEnv+"=1", "TMPDIR="+ts.Getenv("WORK"))
	ts.Check(c.Start())
	p := &process{Process: c.Process, ended: make(chan struct{})}
	go func() {
		p.err = c.Wait()
		close(p.ended)
	}()
	ts.Defer(func() {
		_ = p.Kill() // it may have ended
		<-p.ended
	})
	running(ts)[name] = p
	for deadline := time.After(time.Minute); !pattern.MatchString(ts.ReadFile(name + ".out")); {
		select {
		case <-time.After(20 * time.Millisecond):
			continue
		case <-p.ended:
		case <-deadline:
		}
		ts.Fatalf("%s does not print %q:\n%s%s", name, pattern, ts.ReadFile(name+".out"), ts.ReadFile(name+".err"))
	}
}

// process is a program that a script has started.
type process struct {
	*os.Process
	ended chan struct{}
	err   error // of its end; valid once ended
}

// processes are those of a script, by name.
type processes map[string]*process

func running(ts *testscript.TestScript) processes {
	p, ok := ts.Value("processes").(processes)
	if !ok {
		ts.Fatalf("no processes")
	}
	return p
}

// stopProgram ends a program as Ctrl-C does, and wants exit code 0: stop NAME.
func stopProgram(ts *testscript.TestScript, _ bool, args []string) {
	p := running(ts)[args[0]]
	ts.Check(p.Signal(os.Interrupt))
	if <-p.ended; p.err != nil {
		ts.Fatalf("%s ended with %v:\n%s", args[0], p.err, ts.ReadFile(args[0]+".err"))
	}
}

// callHTTP asks and keeps the answer in the file answer: http STATUS METHOD
// URL [BODY].
func callHTTP(ts *testscript.TestScript, _ bool, args []string) {
	body := ""
	if len(args) > 3 {
		body = args[3]
	}
	r, err := http.NewRequest(args[1], args[2], strings.NewReader(body))
	ts.Check(err)
	r.Header.Set("Content-Type", "application/json")
	if key := ts.Getenv("KEY"); key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	response, err := http.DefaultClient.Do(r)
	ts.Check(err)
	defer response.Body.Close()
	var text strings.Builder
	ts.Check(response.Write(&text))
	ts.Check(os.WriteFile(ts.MkAbs("answer"), []byte(text.String()), 0o600))
	if got := response.Status[:3]; got != args[0] {
		ts.Fatalf("status %s, want %s:\n%s", got, args[0], text.String())
	}
}

// setFromFile sets a variable to what a pattern's group finds in a file:
// setenvfrom NAME FILE PATTERN.
func setFromFile(ts *testscript.TestScript, _ bool, args []string) {
	found := regexp.MustCompile(args[2]).FindStringSubmatch(ts.ReadFile(args[1]))
	if len(found) < 2 {
		ts.Fatalf("%s has no %s:\n%s", args[1], args[2], ts.ReadFile(args[1]))
	}
	ts.Setenv(args[0], found[1])
}
