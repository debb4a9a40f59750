/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Where a server's request has what is read of it. Since Go 1.27 HTTP/2 has a type of its own for what came, of which
 * net/http makes the request that the handler gets; nothing but the handler keeps that one alive.
 */
#pragma once

enum request_kind {
	HTTP_REQUEST,
	STREAM_REQUEST,
};

#define STREAM_REQUEST_TYPE "net/http/internal/http2.ServerRequest"

#define REQUEST_FIELD(name, field, stream_field) \
	GO_FIELD(req_##name, "net/http.Request", field); \
	GO_FIELD_OPTIONAL(stream_##name, STREAM_REQUEST_TYPE, stream_field); \
	static __always_inline __u32 name##_in(enum request_kind kind) \
	{ \
		return kind == STREAM_REQUEST ? stream_##name : req_##name; \
	}

REQUEST_FIELD(method, "Method", "Method")
REQUEST_FIELD(proto_major, "ProtoMajor", "ProtoMajor")
REQUEST_FIELD(proto_minor, "ProtoMinor", "ProtoMinor")
REQUEST_FIELD(header, "Header", "Header")
REQUEST_FIELD(host, "Host", "Host")
REQUEST_FIELD(remote_addr, "RemoteAddr", "RemoteAddr")
REQUEST_FIELD(request_uri, "RequestURI", "RequestURI")
REQUEST_FIELD(tls, "TLS", "TLS")
REQUEST_FIELD(ctx, "ctx", "Context")

static __always_inline int stream_request_known(void)
{
	return stream_method != ZS_NO_FIELD && stream_proto_major != ZS_NO_FIELD && stream_proto_minor != ZS_NO_FIELD &&
	       stream_header != ZS_NO_FIELD && stream_host != ZS_NO_FIELD && stream_remote_addr != ZS_NO_FIELD &&
	       stream_request_uri != ZS_NO_FIELD && stream_tls != ZS_NO_FIELD && stream_ctx != ZS_NO_FIELD;
}
