package main

import (
	"crypto/tls"
	"io"
	"net"
	"sync/atomic"

	"golang.org/x/net/http2"
)

// door lets connections in, but for the next one if somebody has said how to refuse what comes over that.
type door struct {
	net.Listener
	refuse atomic.Pointer[func(*http2.Framer, *http2.HeadersFrame, int)]
	secure bool
}

func (d *door) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		refuse := d.refuse.Swap(nil)
		if refuse == nil {
			return conn, nil
		}
		if d.secure {
			conn = tls.Server(conn, &tls.Config{NextProtos: []string{"h2"}, Certificates: []tls.Certificate{certificate()}})
		}
		go converse(conn, *refuse)
	}
}

// converse speaks HTTP/2 till the client has had enough; requests are refused by their number.
func converse(conn net.Conn, refuse func(*http2.Framer, *http2.HeadersFrame, int)) {
	defer conn.Close()
	_, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface)))
	check(err)
	framer := http2.NewFramer(conn, conn)
	check(framer.WriteSettings())
	requests := 0
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			return
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				check(framer.WriteSettingsAck())
			}
		case *http2.HeadersFrame:
			requests++
			refuse(framer, frame, requests)
		}
	}
}

// goAway wants no requests any more, not this one either.
func goAway(framer *http2.Framer, _ *http2.HeadersFrame, _ int) {
	check(framer.WriteGoAway(0, http2.ErrCodeNo, nil))
}

// refuseTwice answers the third attempt: 200, and nothing else.
func refuseTwice(framer *http2.Framer, headers *http2.HeadersFrame, attempt int) {
	if attempt <= 2 {
		check(framer.WriteRSTStream(headers.StreamID, http2.ErrCodeRefusedStream))
		return
	}
	const status200 = 0x88 // in HPACK's static table
	check(framer.WriteHeaders(http2.HeadersFrameParam{
		StreamID: headers.StreamID, BlockFragment: []byte{status200}, EndHeaders: true, EndStream: true}))
}
