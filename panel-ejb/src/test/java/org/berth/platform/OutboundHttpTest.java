package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundHttpTest {

    private final HttpClient client = new OutboundHttp(HttpClient.newHttpClient(), Duration.ofMillis(300));

    @Test
    void answerThatNeverEndsIsBrokenOff() throws Exception {
        try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")) {
            var answer = client.send(request(server), BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                assertThatThrownBy(body::readAllBytes)
                        .isInstanceOf(IOException.class)
                        .hasStackTraceContaining("was not over in");
            }
            assertThatThrownBy(() -> client.send(request(server), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void answerThatIsTooLongIsBrokenOff() throws Exception {
        var bounded = new OutboundHttp(HttpClient.newHttpClient(), Duration.ofSeconds(20), 9);
        try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnine long")) {
            assertThat(bounded.send(request(server), BodyHandlers.ofString()).body())
                    .isEqualTo("nine long");
        }
        try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nten long..")) {
            var answer = bounded.send(request(server), BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                assertThatThrownBy(body::readAllBytes)
                        .isInstanceOf(IOException.class)
                        .hasStackTraceContaining("longer than 9 bytes");
            }
        }
    }

    @Test
    void answerThatEndsIsRead() throws Exception {
        try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf")) {
            assertThat(client.send(request(server), BodyHandlers.ofString()).body())
                    .isEqualTo("half");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/", "http://[fe80::1]/", "http://0.0.0.0/", "http://224.0.0.1/"})
    void nobodyIsAskedWhereNoServerIs(String address) {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                .isInstanceOf(UnknownHostException.class);
        assertThat(client.sendAsync(request, BodyHandlers.ofString())).isCompletedExceptionally();
    }

    /** Says this to whoever comes, and then nothing more. */
    private static ServerSocket answering(String text) throws IOException {
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        CompletableFuture.runAsync(() -> {
            while (true) {
                try {
                    var visitor = server.accept();
                    visitor.getInputStream().read(new byte[1]);
                    visitor.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return server;
    }

    private static HttpRequest request(ServerSocket server) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
                .timeout(Duration.ofSeconds(20))
                .build();
    }
}
