package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.berth.accounts.TokenDraft;
import org.berth.security.Actor;
import org.berth.web.platform.Api;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every route of the API with every method, for everybody who may come. What a route answers is decided here, by hand:
 * a route without a decision fails, and so does a decision without a route.
 */
@DisplayName("A route of the API")
class RoutesIT extends WithinPanel {

    /**
     * Method, path, and the answers to its owner, to another owner, and to an administrator; then what is sent. Nobody
     * at all gets 401, whatever they ask for. Wishes are such that whoever may make them changes as little as possible:
     * 409 and 422 say that the boundary was reached and has looked at the wish itself. They ask in the order nobody,
     * another owner, the owner, an administrator: what the owner may delete is gone when the administrator asks.
     */
    private static final Map<String, Decision> DECISIONS = decisions("""
            GET    /audit                          | 200 200 200 |
            GET    /doctor                         | 403 403 200 |
            POST   /doctor/repair                  | 403 403 202 | {"site":"nobody.example"}
            GET    /jobs                           | 200 200 200 |
            GET    /jobs/{id}                      | 200 404 200 |
            GET    /jobs/{id}/events               | 200 404 200 |
            POST   /jobs/{id}/cancel               | 409 404 409 |
            POST   /jobs/{id}/retry                | 409 404 409 |
            GET    /me                             | 200 200 200 |
            GET    /openapi.json                   | 200 200 200 |
            GET    /plans                          | 200 200 200 |
            GET    /sites                          | 200 200 200 |
            POST   /sites                          | 409 409 409 | {"name":"panel.harbour-test.com","type":"STATIC"}
            GET    /sites/name-check               | 200 200 200 |
            DELETE /sites/{site}                   | 202 404 409 |
            GET    /sites/{site}                   | 200 404 200 |
            PATCH  /sites/{site}                   | 409 404 409 | {}
            POST   /sites/{site}/database-password | 404 404 404 |
            POST   /sites/{site}/preview           | 200 404 200 |
            POST   /sites/{site}/purge             | 403 404 409 |
            POST   /sites/{site}/restore           | 409 404 409 |
            POST   /sites/{site}/resume            | 409 404 409 |
            POST   /sites/{site}/suspend           | 422 404 422 | {"reason":""}
            GET    /status                         | 403 403 200 |
            GET    /tokens                         | 200 200 200 |
            POST   /tokens                         | 201 201 201 | {"name":"another"}
            DELETE /tokens/{id}                    | 204 404 404 |
            GET    /users                          | 200 200 200 |
            POST   /users                          | 403 403 422 | {"login":"root","displayName":"x","role":"owner"}
            GET    /users/{user}                   | 200 404 200 |
            PATCH  /users/{user}                   | 200 404 200 | {}
            POST   /users/{user}/disable           | 403 404 200 |
            POST   /users/{user}/enable            | 403 404 200 |
            POST   /users/{user}/reset-password    | 403 404 200 |
            """);

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** The order of the answers above. */
    private static final List<String> ANSWERS = List.of("owner", "stranger", "administrator");

    /** Who gets one answer to everything: without a token, with that of a disabled account, before a first password. */
    private static final Map<String, Integer> SHUT_OUT = Map.of("nobody", 401, "disabled", 401, "newcomer", 403);

    private record Decision(List<Integer> answers, String body) {}

    /** What belongs to somebody. */
    private record Things(Visitor owner, String site, long job, String user, long token) {

        String fill(String path) {
            var id = path.startsWith("/jobs") ? job : token;
            return path.replace("{site}", site).replace("{user}", user).replace("{id}", String.valueOf(id));
        }
    }

    @Test
    void hasADecisionAndEachDecisionHasARoute() throws Exception {
        assertThat(DECISIONS.keySet()).isEqualTo(routes());
    }

    @Test
    void isDescribedAndNothingElseIs() throws Exception {
        try (var reader = Json.createReader(Api.class.getResourceAsStream("openapi.json"))) {
            var described = new TreeSet<String>();
            reader.readObject()
                    .getJsonObject("paths")
                    .forEach((path, methods) -> methods.asJsonObject()
                            .keySet()
                            .forEach(method -> described.add(
                                    route(method.toUpperCase(Locale.ROOT), path.replaceFirst("^" + Api.PATH, "")))));
            assertThat(described).isEqualTo(routes());
        }
    }

    @Test
    void answersEverybodyAsDecidedWhateverTheMethod() {
        var others = others();
        var things = things();
        var paths = new TreeSet<String>();
        DECISIONS.keySet().forEach(route -> paths.add(route.substring(route.indexOf('/'))));
        var wrong = new ArrayList<String>();
        for (var path : paths) {
            for (var method : METHODS) {
                var callers = new LinkedHashMap<>(others);
                callers.put("owner", things.owner());
                callers.put("administrator", callers.remove("administrator"));
                var changed = false;
                for (var caller : callers.keySet()) {
                    var answer = ask(callers.get(caller), method, path, things);
                    var expected = expected(method, path, caller);
                    if (answer.statusCode() != expected) {
                        wrong.add("%s %s by %s: %d instead of %d %s"
                                .formatted(method, path, caller, answer.statusCode(), expected, answer.body()));
                    }
                    changed |= !READING.contains(method) && answer.statusCode() < 300;
                }
                things = changed ? things() : things;
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static HttpResponse<String> ask(Visitor caller, String method, String path, Things things) {
        var decision = DECISIONS.getOrDefault(route(method, path), DECISIONS.get(route(method, otherwise(path))));
        var body = decision == null ? "" : decision.body();
        return caller.send(method, Api.PATH + things.fill(path), body, body.isEmpty() ? "" : "application/json");
    }

    private static int expected(String method, String path, String caller) {
        if ("TRACE".equals(method)) {
            // The server itself, before any filter.
            return 405;
        } else if (SHUT_OUT.containsKey(caller)) {
            return SHUT_OUT.get(caller);
        }
        var decision = DECISIONS.get(route("HEAD".equals(method) ? "GET" : method, path));
        if (decision != null) {
            return decision.answers().get(ANSWERS.indexOf(caller));
        } else if ("OPTIONS".equals(method)) {
            return 200;
        }
        return DECISIONS.containsKey(route(method, otherwise(path))) ? 404 : 405;
    }

    /** How a path is read when it has no route of its own for a method: as that of a site which nobody has. */
    private static String otherwise(String path) {
        return path.replace("/name-check", "/{site}");
    }

    /** Everybody but the owner. */
    private Map<String, Visitor> others() {
        var disabled = owner("disabled");
        var others = new LinkedHashMap<String, Visitor>();
        others.put("nobody", Visitor.withBrowser());
        others.put("disabled", with(disabled));
        accounts.disable(Actor.ROOT, disabled.name());
        var newcomer = owner("newcomer");
        others.put("newcomer", with(newcomer));
        rows.change("update account set password_one_time = 1 where id = ?", newcomer.accountId());
        others.put("stranger", with(owner("stranger")));
        others.put("administrator", with(administrator()));
        return others;
    }

    private Things things() {
        var alice = owner("alice");
        var site = site(alice);
        var token = tokens.create(alice, new TokenDraft("mine", 0)).token();
        return new Things(with(alice), site.name(), newestJob(site.id()).id(), alice.name(), token.id());
    }

    private static Map<String, Decision> decisions(String table) {
        var decisions = new TreeMap<String, Decision>();
        table.lines().forEach(line -> {
            var parts = line.split("\\|");
            var route = parts[0].strip().split(" +");
            var answers =
                    Stream.of(parts[1].strip().split(" ")).map(Integer::valueOf).toList();
            decisions.put(route(route[0], route[1]), new Decision(answers, parts.length > 2 ? parts[2].strip() : ""));
        });
        return decisions;
    }

    /** All routes, from the resources on the class path. */
    private static TreeSet<String> routes() throws IOException, URISyntaxException, ClassNotFoundException {
        var routes = new TreeSet<String>();
        var classes =
                java.nio.file.Path.of(Api.class.getResource("/org/berth/web").toURI());
        try (var files = Files.walk(classes)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                var name = classes.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                var type = Class.forName("org.berth.web." + name, false, Api.class.getClassLoader());
                if (type.isAnnotationPresent(Path.class)) {
                    var root = type.getAnnotation(Path.class).value();
                    Arrays.stream(type.getMethods())
                            .forEach(method -> verb(method)
                                    .map(verb -> route(verb, "/" + root + below(method)))
                                    .ifPresent(routes::add));
                }
            }
        }
        return routes;
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    private static String below(Method method) {
        var path = method.getAnnotation(Path.class);
        // A variable may say what it looks like: {id: [0-9]{1,18}}.
        return path == null ? "" : "/" + path.value().replaceAll("\\{(\\w+):[^{}]*(\\{[^{}]*\\}[^{}]*)*\\}", "{$1}");
    }

    private static String route(String method, String path) {
        return method + " " + path;
    }
}
