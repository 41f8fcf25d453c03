package org.berth.dns;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** In place of an API that costs money: answers as its documentation says, in this order, and keeps what it was asked. */
final class Api implements AutoCloseable {

    private final HttpServer server;
    private final Deque<Map.Entry<Integer, String>> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> identified = new ArrayList<>();

    Api(String... identifyingHeaders) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            for (var header : identifyingHeaders) {
                identified.add(exchange.getRequestHeaders().getFirst(header));
            }
            var answer = answers.remove();
            var bytes = answer.getValue().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.getKey(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Api answer(int status, String body) {
        answers.add(Map.entry(status, body));
        return this;
    }

    /** What it was asked, the oldest first. */
    List<String> asked() {
        return asked;
    }

    /** What the identifying headers said. */
    List<String> identified() {
        return identified;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
