// Prints net/url.URLs and what String makes of them, one a line: scheme, opaque, user, host, path, raw path, raw
// query, text; separated by tabs, "-" for an empty field, control characters and backslashes as Java's octal escapes.
//
//	go run main.go > urls.tsv        (go1.26.8)
package main

import (
	"fmt"
	"math/rand"
	"net/url"
	"strings"
)

var paths = []string{
	"", "/", "*", "/*", "/a", "a", "a/b", "//a", "/a b", "/a?b", "/a#b", "/a%b", "/a%2Fb", "/a/b", "/é", "/日本", "/😀",
	"/a;b,c", "/$&+,/:;=@", "/-_.~", "/!*'()", "/[x]", "/<>", "/\"", "/\\", "/^`{|}", "/\x00", "/\t\n\r", "/\x7f", "/:", "/a:b",
	"/" + strings.Repeat("long ", 40),
}

var hosts = []string{
	"example.com", "example.com:80", "EXAMPLE.com:8443", "127.0.0.1:1", "[::1]", "[::1]:8080", "[fe80::1%eth0]:80",
	"exämple.com", "a b", "a%b", "a<b>\"c", "a^b", "a_b!$&'()*+,;=",
}

var rawPaths = [][2]string{
	{"/a/b", "/a%2Fb"}, {"/a/b", "/a%2fb"}, {"/a b", "/a%20b"}, {"/a b", "/a+b"}, {"/a!b", "/a!b"}, {"/a!b", "/a%21b"},
	{"/[x]", "/[x]"}, {"/a'b", "/a'b"}, {"/é", "/é"}, {"/é", "/%C3%A9"}, {"/é", "/%c3%a9"}, {"/new", "/old"},
	{"/a%b", "/a%b"}, {"/a%", "/a%"}, {"/a%2", "/a%2"}, {"/a%zz", "/a%zz"}, {"/a?b", "/a?b"}, {"/a?b", "/a%3Fb"}, {"/a b", "/a b"},
	{"/a*", "/a*"}, {"*", "%2A"}, {"/a\"", "/a\""}, {"/", "//"}, {"", "/a"}, {"/(x)", "/(x)"}, {"/a@b:c", "/a@b:c"},
}

func field(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < 0x20 || r == 0x7f || r == '\\' {
			fmt.Fprintf(&b, "\\%03o", r)
		} else {
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return "-"
	}
	return b.String()
}

func show(u url.URL) {
	user := ""
	if u.User != nil {
		user = "user"
	}
	for _, text := range []string{u.Scheme, u.Opaque, user, u.Host, u.Path, u.RawPath, u.RawQuery} {
		fmt.Print(field(text), "\t")
	}
	fmt.Println(field(u.String()))
}

func main() {
	redacted := url.UserPassword("REDACTED", "REDACTED")
	for _, path := range paths {
		show(url.URL{Scheme: "http", Host: "example.com", Path: path})
	}
	for _, host := range hosts {
		show(url.URL{Scheme: "https", Host: host, Path: "/x"})
	}
	for _, p := range rawPaths {
		show(url.URL{Scheme: "http", Host: "example.com", Path: p[0], RawPath: p[1]})
	}
	for _, query := range []string{"a=1", "a=1&b=%20", "?", "&&", "a b", "é", "x#y"} {
		show(url.URL{Scheme: "http", Host: "example.com", Path: "/x", RawQuery: query})
	}
	for _, opaque := range []string{"//example.com/a%2Fb", "/a%2Fb", "example", "*"} {
		show(url.URL{Scheme: "http", Opaque: opaque, Host: "other.example", Path: "/x"})
		show(url.URL{Scheme: "http", Opaque: opaque, Host: "other.example", RawQuery: "a=1"})
	}
	show(url.URL{Host: "example.com", Path: "/x"})
	show(url.URL{Scheme: "https", User: redacted, Host: "example.com:1", Path: "/x", RawQuery: "a=1"})
	show(url.URL{Scheme: "http", User: redacted, Host: "[::1]:1", Path: "x y"})
	random := rand.New(rand.NewSource(1))
	letters := []rune("/aZ0-_.~!*'();:@&=+$,?#[]%25 \"<>\\^`{|}é日😀\x01\x7f")
	for i := 0; i < 300; i++ {
		pick := func() string {
			text := make([]rune, random.Intn(12))
			for j := range text {
				text[j] = letters[random.Intn(len(letters))]
			}
			return string(text)
		}
		u := url.URL{Scheme: "http", Host: "example.com", Path: "/" + pick()}
		if i%2 == 0 {
			u.RawPath = u.Path
			if path, err := url.PathUnescape(u.RawPath); err == nil {
				u.Path = path
			}
		}
		show(u)
	}
}
