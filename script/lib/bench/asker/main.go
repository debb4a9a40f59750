// Asker sends a fixed number of requests one after the other, over one connection and always the same bytes, so that two
// runs execute the same instructions. Usage: asker URL REQUESTS
package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
)

const own = 4 // headers; Go adds one or two of its own

func main() {
	log.SetFlags(0)
	log.SetPrefix("asker: ")
	if len(os.Args) != 3 {
		log.Fatal("usage: asker URL REQUESTS")
	}
	requests, err := strconv.Atoi(os.Args[2])
	check(err)
	for range requests {
		check(ask(os.Args[1]))
	}
}

func ask(url string) error {
	request, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return err
	}
	for i := range own {
		request.Header.Set("X-Bench-"+strconv.Itoa(i), "value")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
