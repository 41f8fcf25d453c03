package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.berth.accounts.TokenDraft;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.DirectoryDraft;
import org.berth.dns.DnsAccessDraft;
import org.berth.dns.DnsAccesses;
import org.berth.dns.DnsKind;
import org.berth.fixture.Fresh;
import org.berth.fixture.Routes;
import org.berth.mail.AlarmKind;
import org.berth.mail.MailSecurity;
import org.berth.mail.MailServerDraft;
import org.berth.mail.Mailing;
import org.berth.security.Actor;
import org.berth.web.platform.Api;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every route of the API with every method, for everybody who may come. What each answers is decided in {@link
 * Routes}.
 */
@DisplayName("A route of the API")
class RoutesIT extends WithinPanel {

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** The order of the answers there. */
    private static final List<String> ANSWERS = List.of("owner", "stranger", "administrator");

    /** Who gets one answer to everything: without a token, with that of a disabled account, before a first password. */
    private static final Map<String, Integer> SHUT_OUT = Map.of("nobody", 401, "disabled", 401, "newcomer", 403);

    @Inject
    private AcmeDirectories directories;

    @Inject
    private DnsAccesses accesses;

    @Inject
    private Mailing mailing;

    /** What belongs to somebody, and an authority, a way to a name server and a mail, which belong to nobody. */
    private record Things(
            Visitor owner, String site, long job, String user, long token, long authority, long access, long mail) {

        String fill(String path) {
            var id = path.startsWith("/jobs") ? job : path.startsWith("/mail") ? mail : token;
            return path.replace("{site}", site)
                    .replace("{user}", user)
                    .replace("{authority}", String.valueOf(authority))
                    .replace("{access}", String.valueOf(access))
                    .replace("{id}", String.valueOf(id));
        }
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
            assertThat(described).isEqualTo(Routes.API.keySet());
        }
    }

    @Test
    void answersEverybodyAsDecidedWhateverTheMethod() {
        var others = others();
        var things = things();
        var paths = new TreeSet<String>();
        Routes.API.keySet().forEach(route -> paths.add(route.substring(route.indexOf('/'))));
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
        mailing.delete(Actor.ROOT);
        assertThat(wrong).isEmpty();
    }

    private static HttpResponse<String> ask(Visitor caller, String method, String path, Things things) {
        var decision = Routes.API.getOrDefault(route(method, path), Routes.API.get(route(method, otherwise(path))));
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
        var decision = Routes.API.get(route("HEAD".equals(method) ? "GET" : method, path));
        if (decision != null) {
            return decision.answers().get(ANSWERS.indexOf(caller));
        } else if ("OPTIONS".equals(method)) {
            return 200;
        }
        return Routes.API.containsKey(route(method, otherwise(path))) ? 404 : 405;
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
        return new Things(
                with(alice),
                site.name(),
                newestJob(site.id()).id(),
                alice.name(),
                token.id(),
                authority(),
                access(),
                mail());
    }

    /** One that cannot be reached. */
    private long authority() {
        var draft = new DirectoryDraft(
                "Authority " + Fresh.random(),
                "https://127.0.0.1:1/dir",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(true),
                Optional.empty(),
                Optional.empty());
        return directories.create(Actor.ROOT, draft).id();
    }

    /** One whose server cannot be reached. */
    private long access() {
        var draft = new DnsAccessDraft(
                "Access " + Fresh.random(),
                DnsKind.RFC2136,
                List.of("shop.invalid"),
                Optional.of("127.0.0.1:1"),
                Optional.of("key"),
                Optional.empty(),
                Optional.of("c2VjcmV0"),
                false);
        return accesses.create(Actor.ROOT, draft).id();
    }

    /** One that failed, and a server that cannot be reached. */
    private long mail() {
        mailing.update(
                Actor.ROOT,
                new MailServerDraft(
                        "127.0.0.1",
                        1,
                        MailSecurity.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "berth@harbour-test.com",
                        List.of("ann@harbour-test.com"),
                        "en",
                        AlarmKind.ALL));
        rows.change(
                "insert into mail (recipient, language, subject, body, state, created_at, ended_at)"
                        + " values ('ann@harbour-test.com', 'en', 'Routes', '', 'FAILED', utc_timestamp(6), utc_timestamp(6) - interval 2 day)");
        return rows.number("select max(id) from mail");
    }

    private static String route(String method, String path) {
        return method + " " + path;
    }
}
