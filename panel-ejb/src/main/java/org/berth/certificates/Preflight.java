package org.berth.certificates;

import com.google.common.net.InetAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.berth.services.HostFacts;

/**
 * Looks, as an authority will, whether what the host answers comes back through each name: an order that cannot succeed
 * costs the account. It asks for one file of an unguessable name and tells nobody what was in the answer, so a name that
 * leads to an inner address gives nothing away.
 */
@ApplicationScoped
class Preflight {

    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final int REDIRECTS_FROM = 300;
    private static final int REDIRECTS_TO = 399;

    private final HostFacts host;

    /** For the container's proxy. */
    Preflight() {
        this(null);
    }

    @Inject
    Preflight(HostFacts host) {
        this.host = host;
    }

    /**
     * Asks for a file through every name.
     *
     * @throws Conflict naming the names through which it does not come back, where they lead and should lead
     */
    void require(List<String> names, String token, String content) {
        var faults = answers(names, token, content).stream()
                .flatMap(answer ->
                        answer.fault().map(fault -> answer.name() + " → " + answer.addresses() + ": " + fault).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new Conflict(Problem.of("certificate-names-elsewhere", String.join("; ", faults), here()));
        }
    }

    /**
     * What came back through a name.
     *
     * @param addresses to which it leads, or a dash
     * @param fault what came instead; empty when the file came
     */
    record Answer(String name, String addresses, Optional<String> fault) {}

    /** Asks for a file through every name. */
    List<Answer> answers(List<String> names, String token, String content) {
        // As authorities ask: without the offer of another protocol, which not everything in between can answer.
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTS_WITHIN)
                .build();
        var answers =
                names.stream().collect(Collectors.toMap(name -> name, name -> faultOf(client, name, token, content)));
        CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .join();
        return names.stream()
                .map(name -> new Answer(name, led(name), answers.get(name).join()))
                .toList();
    }

    private CompletableFuture<Optional<String>> faultOf(HttpClient client, String name, String token, String content) {
        var uri = URI.create("http://" + name + "/.well-known/acme-challenge/" + token);
        var request = HttpRequest.newBuilder(uri).timeout(ANSWERS_WITHIN).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .handle((answer, failure) -> {
                    if (failure != null) {
                        return Optional.of("HTTP –");
                    }
                    return isOurs(answer, name, content)
                            ? Optional.empty()
                            : Optional.of("HTTP " + answer.statusCode());
                });
    }

    /** A redirect within the name, such as to https by somebody in between, is followed by authorities. */
    private static boolean isOurs(HttpResponse<InputStream> answer, String name, String content) {
        try (var body = answer.body()) {
            if (answer.statusCode() >= REDIRECTS_FROM && answer.statusCode() <= REDIRECTS_TO) {
                return answer.headers()
                        .firstValue("Location")
                        .map(answer.uri()::resolve)
                        .map(URI::getHost)
                        .filter(name::equalsIgnoreCase)
                        .isPresent();
            }
            var expected = content.getBytes(StandardCharsets.US_ASCII);
            return Arrays.equals(expected, body.readNBytes(expected.length + 1));
        } catch (IOException | IllegalArgumentException broken) {
            return false;
        }
    }

    private static String led(String name) {
        try {
            return Stream.of(InetAddress.getAllByName(name + "."))
                    .map(InetAddresses::toAddrString)
                    .collect(Collectors.joining(", "));
        } catch (UnknownHostException nowhere) {
            return "–";
        }
    }

    private String here() {
        return host.latest()
                .map(known -> Stream.concat(known.ipv4().stream(), known.ipv6().stream())
                        .collect(Collectors.joining(", ")))
                .orElse("–");
    }
}
