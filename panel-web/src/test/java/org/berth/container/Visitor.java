package org.berth.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** Somebody who comes through the front: sends what the front would add, and keeps the cookie of a session. */
final class Visitor {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String authorization;
    private String session = "";

    private Visitor(String authorization) {
        this.authorization = authorization;
    }

    static Visitor withBrowser() {
        return new Visitor("");
    }

    static Visitor withToken(String secret) {
        return new Visitor("Bearer " + secret);
    }

    /** The cookie of the session, empty when there is none. */
    String session() {
        return session;
    }

    /** From now on this is taken for one's own. */
    void useSession(String id) {
        session = id;
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "", "");
    }

    /** Sends the form of a page that keeps no state. */
    HttpResponse<String> submit(String path, String form, String button, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(field -> "&" + field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        return send(
                "POST",
                path,
                form + "=" + form + "&" + button + "=&jakarta.faces.ViewState=stateless" + body,
                "application/x-www-form-urlencoded");
    }

    HttpResponse<String> logIn(String login, String password) {
        return submit("/login", "login-form", "log-in", Map.of("login", login, "password", password));
    }

    /** Begins to hear an answer that goes on. */
    HttpResponse<InputStream> open(String path) {
        try {
            return HTTP.send(request("GET", path, "").build(), BodyHandlers.ofInputStream());
        } catch (IOException failed) {
            throw new UncheckedIOException(path, failed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
    }

    HttpResponse<String> send(String method, String path, String body, String type) {
        var request = request(method, path, body);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith("__Host-berth="))
                    .forEach(cookie -> session = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
            return answer;
        } catch (IOException failed) {
            throw new UncheckedIOException(method + " " + path, failed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Door.port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("X-Berth-Front", ConfigProvider.getConfig().getValue("berth.front.secret", String.class))
                .header("X-Forwarded-For", WithinPanel.ADDRESS)
                .header("X-Forwarded-Host", PanelArchive.NAME)
                .header("X-Forwarded-Port", "443")
                .header("Origin", "https://" + PanelArchive.NAME);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (!session.isEmpty()) {
            request.header("Cookie", "__Host-berth=" + session);
        }
        return request;
    }
}
