package org.berth.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.berth.fixture.Eventually;

/** The REST API over TLS, as a program elsewhere uses it; trusts the panel's own certificate and no other. */
final class RestClient {

    private static final Set<String> OVER = Set.of("SUCCEEDED", "FAILED", "UNDONE", "CANCELLED", "STALLED");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .sslContext(trusting(LabHost.parsedCertificate()))
            // HTTP/2 connections end at the first method that the server does not know; tests send such ones.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(60))
            .build();

    private final String token;

    RestClient(String token) {
        this.token = token;
    }

    /** Somebody without a token. */
    static RestClient stranger() {
        return new RestClient("");
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path) {
        return send("POST", path, "");
    }

    Answer post(String path, JsonObjectBuilder body) {
        return send("POST", path, body.build().toString());
    }

    Answer patch(String path, JsonObjectBuilder body) {
        return send("PATCH", path, body.build().toString());
    }

    Answer delete(String path) {
        return send("DELETE", path, "");
    }

    /** Any request; {@code headers} are names and values in turn. */
    Answer send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Accept", "application/json");
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return Answer.of(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(problem);
        }
    }

    /** Asks for a change and waits until its job is over; the job as it ended. */
    JsonObject change(Answer accepted) {
        return waitFor(accepted.expect(202).json().getJsonNumber("id").longValue());
    }

    /** The job once it is over. */
    JsonObject waitFor(long job) {
        Eventually.holds(
                "job " + job + " is over",
                () -> OVER.contains(get("/jobs/" + job).expect(200).json().getString("state")));
        return get("/jobs/" + job).json();
    }

    /** Makes a site and waits for it. */
    JsonObject createSite(String name, String type) {
        var job = change(
                post("/sites", Json.createObjectBuilder().add("name", name).add("type", type)));
        if (!"SUCCEEDED".equals(job.getString("state"))) {
            throw new AssertionError(job);
        }
        return site(name);
    }

    JsonObject site(String name) {
        return get("/sites/" + name).expect(200).json();
    }

    /** A value as one part of a path. */
    static String part(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static URI uri(String path) {
        return URI.create(LabHost.panel() + "/api/v1" + path);
    }

    /** Trusts what this certificate signed, or it itself, and nothing else. */
    static SSLContext trusting(Certificate certificate) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("panel", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
