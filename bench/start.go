package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

// measureStart starts the real program on the folder, waits until it is ready,
// and looks at its memory while it idles.
func measureStart(ctx context.Context, r *run) error {
	if r.Program == "" {
		const note = "the program itself is needed: tidemark bench has it"
		r.add(Row{Name: "start to ready", Target: "< 2 s", Verdict: Skipped, Note: note})
		r.add(Row{Name: "idle memory", Target: "< 200 MB besides the engine's cache", Verdict: Skipped, Note: note})
		return nil
	}
	if err := r.ready(ctx); err != nil {
		return err
	}
	key, err := r.house.uses.CreateKey(ctx, workspace.CreateKeyInput{Workspace: r.workspace(), Name: "bench start", Scope: workspace.ScopeRead})
	if err != nil {
		return err
	}
	// Two processes cannot have the engine's file.
	if err := r.house.closeEngine(); err != nil {
		return err
	}
	if err := r.house.record.Close(); err != nil {
		return err
	}
	var starts, memory, after []float64
	for i := range r.runs() {
		seen, err := r.startOnce(ctx, key.Secret)
		if err != nil {
			return err
		}
		starts, memory, after = append(starts, seen.ready), append(memory, seen.idle), append(after, seen.used)
		r.Tell("measuring start", int64(i+1), int64(r.runs()))
	}
	r.add(Row{
		Name: "start to ready", Target: "< 2 s", Value: sampleOf(starts), Unit: "ms", Bound: 2000,
		Note: "from the start of the process until GET /readyz answers 200",
	}.judge())
	r.add(Row{
		Name: "idle memory", Target: "< 200 MB besides the engine's cache", Value: sampleOf(memory), Unit: "MB", Bound: 200,
		Note: fmt.Sprintf("resident set two seconds after ready, program text and what the engine has cached by then included; %s MB after ten reports of the last 14 days", figure(sampleOf(after).Median)),
	}.judge())
	house, err := openHouse(ctx, r.Dir)
	if err == nil {
		r.house = house
	}
	return err
}

// started is what one start showed: milliseconds and megabytes.
type started struct{ ready, idle, used float64 }

func (r *run) startOnce(ctx context.Context, secret string) (seen started, err error) {
	address, err := freeAddress()
	if err != nil {
		return seen, err
	}
	command := exec.CommandContext(ctx, r.Program, "serve", "--data", r.Dir, "--listen", address, "--log-level", "error")
	command.Stdout, command.Stderr = io.Discard, os.Stderr
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 15 * time.Second
	begun := time.Now()
	if err := command.Start(); err != nil {
		return seen, err
	}
	defer func() {
		_ = command.Process.Signal(os.Interrupt)
		err = errors.Join(err, command.Wait())
	}()
	if err := untilReady(ctx, address); err != nil {
		return seen, err
	}
	seen.ready = millis(time.Since(begun))
	if seen.idle, err = idle(ctx, command.Process.Pid, 2*time.Second); err != nil {
		return seen, err
	}
	s := &server{address: address, key: secret}
	if err := s.askTen(); err != nil {
		return seen, err
	}
	seen.used, err = idle(ctx, command.Process.Pid, 500*time.Millisecond)
	return seen, err
}

// askTen asks for the report ten times.
func (s *server) askTen() error {
	c, err := s.caller()
	if err != nil {
		return err
	}
	defer c.close()
	for range 10 {
		if _, err := c.get("/v1/reports/lifecycle"); err != nil {
			return err
		}
	}
	return nil
}

// idle is the resident set after a while, in megabytes.
func idle(ctx context.Context, pid int, after time.Duration) (float64, error) {
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(after):
	}
	return resident(pid)
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// untilReady polls GET /readyz.
func untilReady(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
		if err != nil {
			return err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("bench: the program did not get ready: %w", ctx.Err())
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// resident reads the resident set of a process from /proc, in megabytes.
func resident(pid int) (float64, error) {
	kilobytes, err := procField(fmt.Sprintf("/proc/%d/status", pid), "VmRSS:")
	return float64(kilobytes) * 1024 / 1e6, err
}

// memoryGiB is the machine's memory, 0 where it is not known.
func memoryGiB() int {
	kilobytes, err := procField("/proc/meminfo", "MemTotal:")
	if err != nil {
		return 0
	}
	return (kilobytes + 1<<19) >> 20
}

// procField reads "Name:   123 kB" from a file of /proc.
func procField(path, name string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if rest, found := strings.CutPrefix(lines.Text(), name); found {
			return strconv.Atoi(strings.Fields(rest)[0])
		}
	}
	return 0, fmt.Errorf("bench: no %s in %s", name, path)
}
