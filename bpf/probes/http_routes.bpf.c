/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Routers that net/http's handlers are chosen by. Their objects hold the request, or a copy of it that middleware made:
 * what proves that it is the same one is where its target's text lies, which all copies share and no other request does.
 */
#include <zerospan/probe.bpf.h>
#include <zerospan/route.h>

GO_FIELD_OPTIONAL(req_request_uri, "net/http.Request", "RequestURI");
GO_FIELD_OPTIONAL(req_ctx, "net/http.Request", "ctx");

GO_FIELD_OPTIONAL(gin_request, "github.com/gin-gonic/gin.Context", "Request");
GO_FIELD_OPTIONAL(gin_full_path, "github.com/gin-gonic/gin.Context", "fullPath");

GO_FIELD_OPTIONAL(echo_request, "github.com/labstack/echo/v4.context", "request");
GO_FIELD_OPTIONAL(echo_path, "github.com/labstack/echo/v4.context", "path");
GO_FIELD_OPTIONAL(echo5_request, "github.com/labstack/echo/v5.Context", "request");
GO_FIELD_OPTIONAL(echo5_path, "github.com/labstack/echo/v5.Context", "path");

GO_FIELD_OPTIONAL(chi_parent, "github.com/go-chi/chi/v5.Context", "parentCtx");
GO_FIELD_OPTIONAL(chi_patterns, "github.com/go-chi/chi/v5.Context", "RoutePatterns");
GO_FIELD_OPTIONAL(old_chi_parent, "github.com/go-chi/chi.Context", "parentCtx");
GO_FIELD_OPTIONAL(old_chi_patterns, "github.com/go-chi/chi.Context", "RoutePatterns");

GO_TYPE(mux_route, "*github.com/gorilla/mux.Route");
GO_FIELD_OPTIONAL(mux_path, "github.com/gorilla/mux.Route", "routeConf.regexp.path");
GO_FIELD_OPTIONAL(mux_template, "github.com/gorilla/mux.routeRegexp", "template");

/* Also of a request that another goroutine serves, or its copy. */
static __always_inline struct zs_note note_of(void *ctx, __u64 request)
{
	struct zs_note note = zs_route_of(ctx);

	if (!note.route && request && req_ctx != ZS_NO_FIELD)
		zs_route_of_context(ctx, request + req_ctx, &note);
	return note;
}

/* (*ServeMux).ServeHTTP(w ResponseWriter, r *Request): RDI = r, which may be a copy. Routers behind it say more. */
GO_START_OPTIONAL("net/http.(*ServeMux).ServeHTTP")
int serve_mux(void *ctx)
{
	__u64 request = go_arg(ctx, 4);
	struct zs_note note = note_of(ctx, request);

	if (!note.route || note.route->kind || req_request_uri == ZS_NO_FIELD)
		return 0;
	return zs_route_note(&note, ZS_ROUTE_REQUEST, request, request + req_request_uri, ZS_PROOF_DIRECT, 0);
}

/* A context from a pool holds the request, and a text that will be the pattern. */
static __always_inline int note_text(void *ctx, __u64 context, __u32 request, __u32 text, __u64 raw_path)
{
	struct zs_note note;

	if (request == ZS_NO_FIELD || text == ZS_NO_FIELD || req_request_uri == ZS_NO_FIELD)
		return 0;
	note = zs_route_of(ctx);
	if (!note.route)
		note = note_of(ctx, go_read_pointer(context + request));
	if (!note.route)
		return 0;
	return zs_route_note(&note, ZS_ROUTE_TEXT, context + text, context + request, req_request_uri, raw_path);
}

/* (*Engine).handleHTTPRequest(c *Context): RBX = c */
GO_START_OPTIONAL("github.com/gin-gonic/gin.(*Engine).handleHTTPRequest")
int gin_handle(void *ctx)
{
	return note_text(ctx, go_arg(ctx, 2), gin_request, gin_full_path, 0);
}

/* (*Router).Find(method, path string, c Context): RDI, RSI = path; R8, R9 = c, a *context */
GO_START_OPTIONAL("github.com/labstack/echo/v4.(*Router).Find")
int echo_find(void *ctx)
{
	return note_text(ctx, go_arg(ctx, 7), echo_request, echo_path, go_arg(ctx, 4));
}

/* (*DefaultRouter).Route(c *Context): RBX = c */
GO_START_OPTIONAL("github.com/labstack/echo/v5.(*DefaultRouter).Route")
int echo5_route(void *ctx)
{
	return note_text(ctx, go_arg(ctx, 2), echo5_request, echo5_path, 0);
}

static __always_inline int note_parts(void *ctx, __u64 context, __u32 parent, __u32 patterns)
{
	struct zs_note note;

	if (parent == ZS_NO_FIELD || patterns == ZS_NO_FIELD)
		return 0;
	note = zs_route_of(ctx);
	zs_route_of_context(ctx, context + parent, &note);
	if (!note.route)
		return 0;
	return zs_route_note(&note, ZS_ROUTE_PARTS, context + patterns, context + parent + GO_INTERFACE_DATA,
			     ZS_PROOF_DIRECT, 0);
}

/*
 * (*node).FindRoute(rctx *Context, method methodTyp, path string), of each router on the way: RBX = rctx, from a pool.
 * It knows no request; the context in which it was made is the request's own as well.
 */
GO_START_OPTIONAL("github.com/go-chi/chi/v5.(*node).FindRoute")
int chi_find(void *ctx)
{
	return note_parts(ctx, go_arg(ctx, 2), chi_parent, chi_patterns);
}

/* chi 1.5, the last without a version in its name; 4.1 and before hold nothing that proves whose they are. */
GO_START_OPTIONAL("github.com/go-chi/chi.(*node).FindRoute")
int old_chi_find(void *ctx)
{
	return note_parts(ctx, go_arg(ctx, 2), old_chi_parent, old_chi_patterns);
}

/* The router keeps its routes. */
static __always_inline int note_mux(void *ctx, __u64 request, __u64 route)
{
	struct zs_note note = note_of(ctx, request);
	__u64 path;

	if (!note.route || mux_path == ZS_NO_FIELD || mux_template == ZS_NO_FIELD)
		return 0;
	path = go_read_pointer(route + mux_path);
	return path ? zs_route_note(&note, ZS_ROUTE_TEXT, path + mux_template, 0, ZS_PROOF_DIRECT, 0) : 0;
}

/* requestWithRoute(r *http.Request, route *Route): RAX = r, RBX = route; mux 1.7.4.. */
GO_START_OPTIONAL("github.com/gorilla/mux.requestWithRoute")
int mux_matched(void *ctx)
{
	return note_mux(ctx, go_arg(ctx, 1), go_arg(ctx, 2));
}

/* contextSet(r *http.Request, key, val any): RAX = r; RDI, RSI = val, the variables or the route; ..mux 1.7.3 */
GO_START_OPTIONAL("github.com/gorilla/mux.contextSet")
int mux_context(void *ctx)
{
	if (!mux_route || go_arg(ctx, 4) - go_bias(ctx) != mux_route)
		return 0;
	return note_mux(ctx, go_arg(ctx, 1), go_arg(ctx, 5));
}
