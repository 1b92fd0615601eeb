package api

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/tidemark/tidemark/fault"
)

// everything is the mux pattern of the pages: what no operation is mounted at.
const everything = "/"

// site serves the dashboard. Every file is read and compressed once it is asked
// for.
type site struct {
	files map[string]asset // by path from the root, with a leading slash
	index asset
}

type asset struct {
	contentType string
	plain       func() ([]byte, error)
	gzipped     func() []byte // nil where it would not be smaller
	immutable   bool          // its name has a hash of its content
}

// notBuilt is the page where the dashboard was not built into the program.
const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tidemark</title>
<body><h1>Tidemark is running</h1>
<p>The dashboard was not built into this program: build it with <code>make build</code>.
The API is described at <a href="/docs">/docs</a>.</p></body></html>
`

func newSite(files fs.FS) (*site, error) {
	s := &site{files: map[string]asset{}, index: assetOf("/index.html", []byte(notBuilt))}
	if files == nil {
		return s, nil
	}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(path.Base(name), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		}
		s.files["/"+name] = newAsset("/"+name, func() ([]byte, error) { return fs.ReadFile(files, name) })
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("api: read the dashboard: %w", err)
	}
	if index, ok := s.files["/index.html"]; ok {
		s.index = index
	}
	return s, nil
}

func newAsset(name string, read func() ([]byte, error)) asset {
	plain := sync.OnceValues(read)
	return asset{
		contentType: mime.TypeByExtension(path.Ext(name)), plain: plain,
		gzipped: sync.OnceValue(func() []byte {
			content, _ := plain() // who asks has read it
			return smaller(content)
		}),
		immutable: strings.HasPrefix(name, "/assets/"),
	}
}

// assetOf is an asset that is there already.
func assetOf(name string, content []byte) asset {
	return newAsset(name, func() ([]byte, error) { return content, nil })
}

// smaller compresses what is worth it; otherwise it returns nil.
func smaller(content []byte) []byte {
	if packed := compressed(content); len(packed) < len(content)*9/10 {
		return packed
	}
	return nil
}

func compressed(content []byte) []byte {
	var b bytes.Buffer
	// Writing to a buffer cannot fail.
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}

// serve answers with the file.
func (a asset) serve(w http.ResponseWriter, r *http.Request) error {
	body, err := a.plain()
	if err != nil {
		return fmt.Errorf("api: read the dashboard: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", cmp.Or(a.contentType, http.DetectContentType(body)))
	h.Set("Cache-Control", "no-cache")
	if a.immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if packed := a.gzipped(); packed != nil {
			h.Set("Content-Encoding", "gzip")
			body = packed
		}
	}
	if r.Method != http.MethodHead {
		// The client may be gone; there is nobody left to tell.
		_, _ = w.Write(body)
	}
	return nil
}

// page answers everything outside the API: a file of the dashboard, or its
// index for whatever address a person navigates to.
func (s *Server) page(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return wrongMethod(w, r, cmp.Or(s.allowed(r), http.MethodGet))
	}
	if file, ok := s.site.files[r.URL.Path]; ok && r.URL.Path != "/index.html" {
		return file.serve(w, r)
	}
	switch {
	case strings.HasPrefix(r.URL.Path, "/assets/"):
		return fault.New(fault.NotFound, "path_not_found", "There is no such file.")
	case !acceptsHTML(r):
		return fault.New(fault.Invalid, codeNotAcceptable, "There are only pages at this address, and they are HTML. The API is under /v1.")
	}
	if err := s.welcome(w, r); err != nil {
		return err
	}
	return s.site.index.serve(w, r)
}

// acceptsHTML reports whether a person's browser is asking, not a program.
func acceptsHTML(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html")
}
