package org.berth.certificates;

import com.google.common.net.InetAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.berth.platform.OutboundHttp;
import org.berth.platform.Problem;
import org.berth.services.HostFacts;

/**
 * Looks, as an authority will, whether what the host answers comes back through each name and from each of its addresses: an
 * order that cannot succeed costs the account. Owners choose where their names lead, so nobody is asked at an address that
 * the world does not know, unless it is this host's own, and of each name few are asked.
 */
@ApplicationScoped
class Preflight {

    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    /** For all names together; a name server that is down takes a quarter of it. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final int AT_ONCE = 8;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int REDIRECTS_FROM = 300;
    private static final int REDIRECTS_TO = 399;

    /** As many as Let's Encrypt follows. */
    private static final int MOST_REDIRECTS = 10;

    /** A name with more addresses is asked for at the first ones only. */
    private static final int MOST_ADDRESSES = 8;

    /** All questions share one: each has threads of its own, which Java takes back when it collects memory. */
    private static final HttpClient CLIENT = client();

    private static final String NOTHING = "–";
    private static final String SILENT = "HTTP " + NOTHING;
    private static final String LATER = "…";

    private final Supplier<List<String>> own;
    private final Names names;
    private final int port;
    private final Duration longest;

    /** Where names lead. */
    interface Names {
        InetAddress[] lookUp(String name) throws UnknownHostException;
    }

    /** For the container's proxy. */
    Preflight() {
        this(List::of, name -> new InetAddress[0], HTTP, LONGEST);
    }

    @Inject
    Preflight(HostFacts host) {
        this(
                () -> {
                    // Not what is known so far: right after its start the panel knows nothing of this host.
                    var known = host.now();
                    return Stream.concat(known.ipv4().stream(), known.ipv6().stream())
                            .toList();
                },
                InetAddress::getAllByName,
                HTTP,
                LONGEST);
    }

    /**
     * Asks nothing yet.
     *
     * @param own addresses of this host
     * @param port where web servers answer
     * @param longest after which nothing is waited for any more
     */
    Preflight(Supplier<List<String>> own, Names names, int port, Duration longest) {
        this.own = own;
        this.names = names;
        this.port = port;
        this.longest = longest;
    }

    /**
     * Asks for a file through every name.
     *
     * @return what should be known of those through which it comes back
     * @throws UnprovableNames naming the names through which it does not come back, where they lead and should lead; those
     *     that could not be asked for in time are not blamed
     */
    Optional<Problem> require(List<String> names, String token, String content) {
        var found = answers(names, token, content);
        var wrong = found.answers().stream()
                .filter(answer -> answer.fault().isPresent())
                .toList();
        if (!wrong.isEmpty()) {
            var faults = wrong.stream().map(Answer::shown).collect(Collectors.joining("; "));
            throw new UnprovableNames(
                    wrong.stream().filter(Answer::isAsked).map(Answer::name).toList(),
                    Problem.of(UnprovableNames.ELSEWHERE, faults, found.here()));
        }
        return found.detour();
    }

    /**
     * What came back through a name.
     *
     * @param addresses to which it leads, a dash if there are none, or dots if it could not be asked for in time
     * @param fault what came instead; empty when the file came
     * @param detour whether the file came, or nobody knows from behind a router, although not all of these addresses are
     *     this host's
     */
    record Answer(String name, String addresses, Optional<String> fault, boolean detour) {

        private static Answer silent(String name) {
            return new Answer(name, NOTHING, Optional.of(SILENT), false);
        }

        private String shown() {
            var way = name + " → " + addresses;
            return List.of(NOTHING, LATER).contains(addresses)
                    ? way
                    : way + fault.map(": "::concat).orElse("");
        }

        private static Answer late(String name) {
            return new Answer(name, LATER, Optional.of(SILENT), false);
        }

        private boolean isAsked() {
            return !LATER.equals(addresses);
        }
    }

    /**
     * What came back through names.
     *
     * @param here addresses of this host, or a dash
     */
    record Found(List<Answer> answers, String here) {

        Found {
            answers = List.copyOf(answers);
        }

        /** Names that others lead here: nothing is wrong with that as long as they do. */
        Optional<Problem> detour() {
            var names =
                    answers.stream().filter(Answer::detour).map(Answer::shown).collect(Collectors.joining("; "));
            return Optional.of(names)
                    .filter(some -> !some.isEmpty())
                    .map(some -> Problem.of("certificate-detour", some, here));
        }
    }

    /** Asks for a file through every name; takes a minute at most, whatever the others do. */
    Found answers(List<String> names, String token, String content) {
        var here = own.get();
        var path = "/.well-known/acme-challenge/" + token;
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var end = System.nanoTime() + longest.toNanos();
            var questions = names.stream()
                    .map(name -> new Question(name, path, content, here, end))
                    .toList();
            var asked = threads.invokeAll(questions, longest.toMillis(), TimeUnit.MILLISECONDS);
            var answers = new ArrayList<Answer>();
            for (var each = 0; each < names.size(); each++) {
                answers.add(answer(questions.get(each), asked.get(each)));
            }
            return new Found(answers, here.isEmpty() ? NOTHING : String.join(", ", here));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Answer answer(Question question, Future<Answer> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (CancellationException late) {
            return question.begun ? Answer.silent(question.name) : Answer.late(question.name);
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }

    /** What is asked about one name. */
    private final class Question implements Callable<Answer> {

        private final String name;
        private final String path;
        private final byte[] content;
        private final List<String> here;
        private final long end;
        private volatile boolean begun;

        Question(String name, String path, String content, List<String> here, long end) {
            this.name = name;
            this.path = path;
            this.content = content.getBytes(StandardCharsets.US_ASCII);
            this.here = here;
            this.end = end;
        }

        @Override
        public Answer call() throws InterruptedException {
            // Those that are given up make room for others, which are given up next.
            begun = System.nanoTime() - end < 0;
            List<InetAddress> addresses;
            try {
                addresses = Stream.of(names.lookUp(name)).limit(MOST_ADDRESSES).toList();
            } catch (UnknownHostException nowhere) {
                return Answer.silent(name);
            }
            var shown = addresses.stream().map(InetAddresses::toAddrString).collect(Collectors.joining(", "));
            var faults = new ArrayList<String>();
            var reached = false;
            var unreached = false;
            for (var address : addresses) {
                if (isInner(address)) {
                    faults.add(SILENT);
                    continue;
                }
                try {
                    fault(address).ifPresent(faults::add);
                    reached = true;
                } catch (ConnectException | HttpConnectTimeoutException | NoRouteToHostException away) {
                    unreached = true;
                } catch (IOException broken) {
                    faults.add(SILENT);
                }
            }
            // This host may have no way to an address that others reach, such as an IPv6 one, or its router's outer
            // one.
            if (unreached && !reached && faults.isEmpty() && !isBehindRouter(addresses)) {
                faults.add(SILENT);
            }
            return new Answer(
                    name,
                    shown,
                    faults.stream().findFirst(),
                    faults.isEmpty() && !addresses.stream().allMatch(this::isOwn));
        }

        private boolean isOwn(InetAddress address) {
            return here.contains(InetAddresses.toAddrString(address));
        }

        /** Routers seldom lead their own network back into itself, so only the authority can tell. */
        private boolean isBehindRouter(List<InetAddress> addresses) {
            return !here.isEmpty()
                    && here.stream().map(InetAddresses::forString).allMatch(InnerNetworks::contain)
                    && addresses.stream().noneMatch(this::isOwn);
        }

        private boolean isInner(InetAddress address) {
            return !isOwn(address) && InnerNetworks.contain(address);
        }

        private Optional<String> fault(InetAddress address) throws IOException, InterruptedException {
            var asked = URI.create("http://" + name + (port == HTTP ? "" : ":" + port) + path);
            var answer = CLIENT.send(request(asked, address), BodyHandlers.ofInputStream());
            for (var redirect = 0; redirect < MOST_REDIRECTS; redirect++) {
                var next = next(asked, answer);
                if (next.isEmpty()) {
                    break;
                }
                answer.body().close();
                asked = next.get();
                answer = CLIENT.send(request(asked, address), BodyHandlers.ofInputStream());
            }
            try (var body = answer.body()) {
                return Arrays.equals(content, body.readNBytes(content.length + 1))
                        ? Optional.empty()
                        : Optional.of("HTTP " + answer.statusCode());
            }
        }

        /** Authorities follow where it stays with the name and with the ports of the web, such as to https. */
        private Optional<URI> next(URI asked, HttpResponse<InputStream> answer) throws UnknownHostException {
            if (answer.statusCode() < REDIRECTS_FROM || answer.statusCode() > REDIRECTS_TO) {
                return Optional.empty();
            }
            Optional<URI> next;
            try {
                next = answer.headers()
                        .firstValue("Location")
                        .map(asked::resolve)
                        .filter(to -> name.equalsIgnoreCase(to.getHost()) && isOfTheWeb(to));
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
            // Java keeps what it was told of a name for longer than a connection takes (30 s).
            return next.filter(Preflight::isSecure).isPresent()
                            && Stream.of(InetAddress.getAllByName(name)).anyMatch(this::isInner)
                    ? Optional.empty()
                    : next;
        }

        private boolean isOfTheWeb(URI address) {
            return isSecure(address)
                    ? address.getPort() == -1 || address.getPort() == HTTPS
                    : "http".equals(address.getScheme()) && (address.getPort() == -1 || address.getPort() == port);
        }

        /** Goes to the address that was looked at; over TLS Java tells the name only to a server that it has looked up itself. */
        private HttpRequest request(URI asked, InetAddress at) {
            var request = HttpRequest.newBuilder(asked).timeout(ANSWERS_WITHIN);
            if (!isSecure(asked)) {
                var file = asked.getRawPath() + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery());
                request.uri(URI.create("http://" + InetAddresses.toUriString(at) + ":" + port + file))
                        .header("Host", name);
            }
            return request.build();
        }
    }

    private static boolean isSecure(URI address) {
        return "https".equals(address.getScheme());
    }

    /** As authorities ask: HTTP/1.1, which everything in between can answer, and any certificate will do. */
    private static HttpClient client() {
        try {
            var tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return new OutboundHttp(
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(CONNECTS_WITHIN)
                            .sslContext(tls)
                            .build(),
                    ANSWERS_WITHIN);
        } catch (NoSuchAlgorithmException | KeyManagementException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Nothing is told to the other side that it does not know, and nothing of what it says is believed. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
