package org.berth.platform;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * For addresses that people have typed. An answer comes whole within a time and a size or not at all, since the JDK's own timeout of a
 * request ends with the head of its answer; and nobody is asked at an address where no such server is: link-local ones
 * (where clouds keep their secrets), multicast, and the unspecified one.
 */
public final class OutboundHttp extends HttpClient {

    private final HttpClient client;
    private final Duration within;
    private final long most;

    /**
     * Asks nothing yet, for those who read no more of an answer than they want.
     *
     * @param client does the work
     * @param within from the head of an answer to its end
     */
    public OutboundHttp(HttpClient client, Duration within) {
        this(client, within, Long.MAX_VALUE);
    }

    /**
     * Asks nothing yet, for those who read all of an answer.
     *
     * @param client does the work
     * @param within from the head of an answer to its end
     * @param most bytes of an answer, without its head; a longer one is broken off
     */
    public OutboundHttp(HttpClient client, Duration within, long most) {
        this.client = client;
        this.within = within;
        this.most = most;
    }

    /** Whether no server that somebody could mean has this address. */
    public static boolean isForbidden(InetAddress address) {
        return address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        refuseForbidden(request);
        return client.send(request, bounded(handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushed) {
        try {
            refuseForbidden(request);
        } catch (IOException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return client.sendAsync(request, bounded(handler), pushed);
    }

    /** Java keeps what it was told of a name for longer than a connection takes (30 s), so it leads to what is seen here. */
    private static void refuseForbidden(HttpRequest request) throws IOException {
        var host = request.uri().getHost();
        if (host == null) {
            throw new IOException("no host in " + request.uri());
        }
        if (Stream.of(InetAddress.getAllByName(host)).anyMatch(OutboundHttp::isForbidden)) {
            throw new UnknownHostException(host + " leads to an address that no server may have");
        }
    }

    private <T> BodyHandler<T> bounded(BodyHandler<T> handler) {
        return head -> new Bounded<>(handler.apply(head), within, most);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    /** Breaks an answer off that is not over in time, or too long. */
    private static final class Bounded<T> implements BodySubscriber<T> {

        private final BodySubscriber<T> reader;
        private final Duration within;
        private final long most;
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private Subscription answer;
        private long left;

        Bounded(BodySubscriber<T> reader, Duration within, long most) {
            this.reader = reader;
            this.within = within;
            this.most = most;
            left = most;
        }

        @Override
        public void onSubscribe(Subscription coming) {
            answer = coming;
            over.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, late) -> {
                if (late != null) {
                    answer.cancel();
                    reader.onError(new HttpTimeoutException("the answer was not over in " + within.toSeconds() + " s"));
                }
            });
            reader.onSubscribe(answer);
        }

        @Override
        public void onNext(List<ByteBuffer> part) {
            left -= part.stream().mapToLong(ByteBuffer::remaining).sum();
            if (left >= 0) {
                reader.onNext(part);
            } else if (over.complete(null)) {
                answer.cancel();
                reader.onError(new IOException("the answer is longer than " + most + " bytes"));
            }
        }

        @Override
        public void onError(Throwable broken) {
            if (over.complete(null)) {
                reader.onError(broken);
            }
        }

        @Override
        public void onComplete() {
            if (over.complete(null)) {
                reader.onComplete();
            }
        }

        @Override
        public CompletionStage<T> getBody() {
            return reader.getBody();
        }
    }
}
