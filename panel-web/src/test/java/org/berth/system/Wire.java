package org.berth.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * What lies between the panel and an authority. It counts what the authority accepted, holds a request where it is, before
 * or after the authority has seen it, changes an answer, and can be cut.
 */
final class Wire implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;

    /** Of HTTP itself, which each side sees to; the client knows no others. */
    private static final Set<String> OF_ONE_SIDE =
            Set.of("connection", "content-length", "transfer-encoding", "upgrade", "keep-alive", ":status", "date");

    private final SSLContext tls;
    private final URI authority;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Stop> stops = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final List<Garbling> garblings = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> accepted = new ConcurrentHashMap<>();
    private InetSocketAddress here;
    private HttpsServer server;

    /** What waits for the next request whose path begins so. */
    private interface Waiting {
        String path();
    }

    /** An answer that the authority itself would give at another time. */
    private record Refusal(String path, int status, Map<String, String> headers, String body) implements Waiting {}

    /** An answer that comes out as another. */
    private record Garbling(String path, UnaryOperator<String> change) implements Waiting {}

    /**
     * Opens it.
     *
     * @param here where the panel asks; with port 0 a free one is taken
     * @param tls by which it shows who it is, and knows the authority
     * @param authority without a path
     */
    Wire(InetSocketAddress here, SSLContext tls, URI authority) {
        this.here = here;
        this.tls = tls;
        this.authority = authority;
        client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        mend();
    }

    int port() {
        return here.getPort();
    }

    /** Nobody answers any more. */
    void cut() {
        server.stop(0);
    }

    /** Is whole again, as after {@link #cut}. */
    void mend() {
        try {
            server = HttpsServer.create(here, 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
        here = server.getAddress();
    }

    /** The next request whose path begins so is held before the authority gets it. */
    Stop holdsBefore(String path) {
        return hold(new Stop(path, true));
    }

    /** The next request whose path begins so is held when the authority has done it and answers. */
    Stop holdsAfter(String path) {
        return hold(new Stop(path, false));
    }

    /** The next request whose path begins so gets this answer, and the authority does not get it. */
    void refuses(String path, int status, Map<String, String> headers, String body) {
        refusals.add(new Refusal(path, status, headers, body));
    }

    /** The next answer to a request whose path begins so, and which the authority accepts, comes out changed. */
    void garbles(String path, UnaryOperator<String> change) {
        garblings.add(new Garbling(path, change));
    }

    /** How many requests for this path the authority accepted. */
    int accepted(String path) {
        return counter(path).get();
    }

    @Override
    public void close() {
        server.stop(0);
        stops.forEach(Stop::lose);
        threads.shutdownNow();
    }

    /** A request that stands still until the test lets it go. */
    static final class Stop implements Waiting {

        private final String path;
        private final boolean before;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean lost;

        private Stop(String path, boolean before) {
            this.path = path;
            this.before = before;
        }

        @Override
        public String path() {
            return path;
        }

        /** Waits until a request stands here. */
        Stop reached() {
            if (!within(reached)) {
                throw new AssertionError("no request came within " + PATIENCE_SECONDS + " s");
            }
            return this;
        }

        /** It goes on as if nothing had been. */
        void letGo() {
            over.countDown();
        }

        /** It, or the answer to it, never arrives. */
        void lose() {
            lost = true;
            over.countDown();
        }

        private boolean goesOn() {
            reached.countDown();
            return within(over) && !lost;
        }

        private static boolean within(CountDownLatch latch) {
            try {
                return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private Stop hold(Stop stop) {
        stops.add(stop);
        return stop;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = exchange.getRequestBody().readAllBytes();
            var refusal = taken(refusals, path);
            if (refusal.isPresent()) {
                refusal.get().headers().forEach(exchange.getResponseHeaders()::set);
                answer(exchange, refusal.get().status(), refusal.get().body().getBytes(StandardCharsets.UTF_8));
                return;
            }
            var stop = taken(stops, path);
            if (stop.filter(held -> held.before && !held.goesOn()).isPresent()) {
                return;
            }
            var said = ask(exchange, body);
            if (said.statusCode() < 300) {
                counter(path).incrementAndGet();
            }
            if (stop.filter(held -> !held.before && !held.goesOn()).isPresent()) {
                return;
            }
            said.headers().map().forEach((name, values) -> {
                if (!OF_ONE_SIDE.contains(name)) {
                    exchange.getResponseHeaders().put(name, List.copyOf(values));
                }
            });
            answer(exchange, said.statusCode(), said.statusCode() < 300 ? garbled(path, said.body()) : said.body());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The authority tells its addresses, and looks what was signed, by the host that it is asked as. */
    private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(authority.resolve(exchange.getRequestURI()))
                .timeout(Duration.ofSeconds(60))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        for (var name : List.of("Host", "Accept", "Accept-Language", "Content-Type", "User-Agent")) {
            exchange.getRequestHeaders().getOrDefault(name, List.of()).forEach(value -> request.header(name, value));
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private byte[] garbled(String path, byte[] body) {
        return taken(garblings, path)
                .map(garbling -> garbling.change().apply(new String(body, StandardCharsets.UTF_8)))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(body);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        var hasBody = body.length > 0 && !"HEAD".equals(exchange.getRequestMethod());
        exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(body);
        }
    }

    /** What has waited longest for this path; it waits no more. */
    private static <T extends Waiting> Optional<T> taken(List<T> waiting, String path) {
        return waiting.stream()
                .filter(each -> path.startsWith(each.path()))
                .filter(waiting::remove)
                .findFirst();
    }

    private AtomicInteger counter(String path) {
        return accepted.computeIfAbsent(path, any -> new AtomicInteger());
    }
}
