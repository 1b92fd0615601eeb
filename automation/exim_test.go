package automation_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// mailServer is a real Exim on loopback that delivers into a folder. It wants
// a sign-in, which it takes only over TLS, and knows nobody@.
type mailServer struct {
	port   int
	folder string
}

const eximConfig = `
spool_directory = DIR/spool
log_file_path = DIR/%slog
pid_file_path = DIR/pid
primary_hostname = localhost
local_interfaces = 127.0.0.1
daemon_smtp_ports = PORT
tls_advertise_hosts = *
tls_certificate = DIR/cert.pem
tls_privatekey = DIR/key.pem
keep_environment =
acl_smtp_rcpt = check
begin acl
check:
  deny message = there is nobody of this name
       recipients = nobody@example.com
  accept authenticated = *
  accept condition = ${if !def:tls_in_cipher}
  deny message = sign in first
begin routers
all:
  driver = accept
  transport = folder
begin transports
folder:
  driver = appendfile
  directory = DIR/mail
  maildir_format
  user = Debian-exim
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{{eq{$auth2}{tidemark}}{eq{$auth3}{secret}}}}
  server_set_id = $auth2
  server_advertise_condition = ${if def:tls_in_cipher}
`

// startMail starts the server and stops it with the test.
func startMail(t *testing.T) *mailServer {
	t.Helper()
	exim, err := exec.LookPath("exim4")
	if err != nil || os.Getuid() != 0 {
		t.Skip("needs root and Exim: make test-go installs exim4-daemon-light")
	}
	m := &mailServer{port: freePort(t), folder: ownedFolder(t)}
	writeCertificate(t, m.folder)
	config := strings.NewReplacer("DIR", m.folder, "PORT", strconv.Itoa(m.port)).Replace(eximConfig)
	write(t, filepath.Join(m.folder, "conf"), config)
	c := exec.Command(exim, "-C", filepath.Join(m.folder, "conf"), "-bdf")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	until(t, "Exim answers", func() bool {
		conn, err := net.Dial("tcp", m.address())
		if err != nil {
			return false
		}
		return conn.Close() == nil
	})
	return m
}

func (m *mailServer) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(m.port)) }

// letters are the messages that were delivered, in no order.
func (m *mailServer) letters(t *testing.T) (out []string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(m.folder, "mail", "new", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// ownedFolder is one that Exim, which drops root, may write in.
func ownedFolder(t *testing.T) string {
	t.Helper()
	who, err := user.Lookup("Debian-exim")
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "tidemark-exim-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	if err := os.Chown(folder, uid, gid); err != nil {
		t.Fatal(err)
	}
	return folder
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func writeCertificate(t *testing.T, folder string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "cert.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	write(t, filepath.Join(folder, "key.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// until waits for something that another process or goroutine does.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 30 s: %s", what)
		}
	}
}
