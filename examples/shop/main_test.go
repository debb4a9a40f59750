package main

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// start serves a shop and its stock, both on a SQLite in memory.
func start(t *testing.T) string {
	t.Helper()
	stock, err := open(context.Background(), "stock", ":memory:", "")
	if err != nil {
		t.Fatal(err)
	}
	stockServer := httptest.NewServer(stock)
	t.Cleanup(stockServer.Close)
	orders, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	orders.SetMaxOpenConns(1)
	shop, err := newShop(context.Background(), orders, stockServer.URL)
	if err != nil {
		t.Fatal(err)
	}
	shopServer := httptest.NewServer(shop)
	t.Cleanup(shopServer.Close)
	return shopServer.URL
}

func request(t *testing.T, method, url string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, strings.TrimSpace(string(body))
}

func TestShop_answers(t *testing.T) {
	url := start(t)
	for _, c := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/items/tea", 200, "1000 of tea"},
		{"GET", "/items/moon", 404, "the stock said 404 Not Found: no such item"},
		{"POST", "/checkout/ann?item=tea", 201, ""},
		{"GET", "/items/tea", 200, "999 of tea"},
		{"GET", "/orders/ann", 200, "tea"},
		{"GET", "/orders/bob", 200, ""},
	} {
		status, body := request(t, c.method, url+c.path)
		if status != c.status || body != c.body {
			t.Errorf("%s %s: %d %q, want %d %q", c.method, c.path, status, body, c.status, c.body)
		}
	}
}

func TestShop_sellsNothingThatIsNotThere(t *testing.T) {
	url := start(t)
	status, body := request(t, "POST", url+"/checkout/ann?item=cup")
	if status != 409 || !strings.Contains(body, "CHECK constraint failed") {
		t.Errorf("%d %q", status, body)
	}
}

func TestShop_sellsEachItemOnceToABuyer(t *testing.T) {
	url := start(t)
	request(t, "POST", url+"/checkout/ann?item=tea")
	if status, body := request(t, "POST", url+"/checkout/ann?item=tea"); status != 409 {
		t.Errorf("%d %q, want 409", status, body)
	}
}

func TestOpen_unknownRole_isRefused(t *testing.T) {
	_, err := open(context.Background(), "bank", "", "")
	if err == nil || err.Error() != `unknown role "bank": choose -role shop or -role stock` {
		t.Error(err)
	}
}
