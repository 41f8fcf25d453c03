package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.berth.accounts.AccountDraft;
import org.berth.accounts.ApiTokens;
import org.berth.audit.AuditLog;
import org.berth.audit.AuditView;
import org.berth.fixture.Fresh;
import org.berth.jobs.JobView;
import org.berth.platform.InvalidInput;
import org.berth.platform.NotFound;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteRow;
import org.berth.sites.SiteType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A list")
class ListsIT extends WithinPanel {

    @Inject
    private AuditLog audit;

    @Inject
    private ApiTokens tokens;

    @Test
    void comesPageByPageWithEveryRowOnceAndTheWholeNumber() {
        var alice = owner("alice");
        var names = new ArrayList<String>();
        for (var number = 0; number < 7; number++) {
            names.add(site(alice).name());
        }
        Collections.sort(names);
        var seen = new ArrayList<String>();
        for (var offset = 0; offset < 9; offset += 3) {
            var page = sites.list(alice, new PageRequest(offset, 3, "", true, "", Map.of()));
            assertThat(page.total()).isEqualTo(7);
            page.rows().forEach(row -> seen.add(row.name()));
        }
        assertThat(seen).isEqualTo(names);
        assertThat(sites.list(alice, new PageRequest(7, 3, "", true, "", Map.of()))
                        .rows())
                .isEmpty();
    }

    @Test
    void sortsByEachOfItsColumnsBothWaysAndAlikeRowsAlwaysAlike() {
        var alice = owner("alice");
        for (var number = 0; number < 3; number++) {
            over(sites.create(alice, SiteDraft.of(Fresh.siteName("sorted"), SiteType.PHP)));
            site(alice);
        }
        Map<String, Function<SiteRow, Comparable<?>>> columns = Map.of(
                "id", SiteRow::id,
                "name", SiteRow::name,
                "type", row -> row.type().name(),
                "state", row -> row.state().name(),
                "phpVersion", row -> row.phpVersion().orElse(""),
                "owner", SiteRow::ownerLogin,
                "createdAt", SiteRow::createdAt);
        columns.forEach((column, value) -> {
            Comparator<SiteRow> up = Comparator.comparing(row -> cast(value.apply(row)));
            for (var ascending : List.of(true, false)) {
                var order = (ascending ? up : up.reversed()).thenComparing(SiteRow::id);
                var found = new ArrayList<SiteRow>();
                for (var offset = 0; offset < 6; offset += 2) {
                    found.addAll(sites.list(alice, new PageRequest(offset, 2, column, ascending, "", Map.of()))
                            .rows());
                }
                assertThat(found).as(column).hasSize(6).isSortedAccordingTo(order);
            }
        });
    }

    @Test
    void showsWhatAFilterWantsAndCountsNoMore() {
        var alice = owner("alice");
        over(sites.create(alice, SiteDraft.of(Fresh.siteName("php"), SiteType.PHP)));
        var quiet = site(alice);
        over(sites.suspend(alice, quiet.name(), "test"));
        var gone = site(alice);
        over(sites.delete(alice, gone.name()));
        assertThat(filtered(alice, Map.of("type", "php")).total()).isEqualTo(1);
        assertThat(filtered(alice, Map.of("state", "suspended")).rows())
                .extracting(SiteRow::name)
                .containsExactly(quiet.name());
        assertThat(filtered(alice, Map.of("state", "deleted", "type", "static")).rows())
                .extracting(SiteRow::name)
                .containsExactly(gone.name());
        assertThat(filtered(alice, Map.of("owner", alice.name())).total()).isEqualTo(3);
        over(sites.purge(Actor.ROOT, gone.name()));
        assertThat(filtered(alice, Map.of()).total()).isEqualTo(2);
        assertThat(filtered(alice, Map.of("state", "removed")).total()).isEqualTo(1);
    }

    @Test
    void refusesAColumnOrAValueThatItDoesNotKnow() {
        var lists = Map.<String, Function<PageRequest, Page<?>>>of(
                "sites", request -> sites.list(Actor.ROOT, request),
                "jobs", request -> jobs.list(Actor.ROOT, request),
                "people", request -> accounts.list(Actor.ROOT, request),
                "audit", request -> audit.list(Actor.ROOT, request),
                "tokens", request -> tokens.list(administrator(), request));
        lists.forEach((name, list) -> {
            for (var column : List.of("nonsense", "password_hash", "passwordHash", "id; drop table site", "s.name")) {
                assertThat(refusal(
                                InvalidInput.class,
                                () -> list.apply(new PageRequest(0, 5, column, true, "", Map.of()))))
                        .as(name)
                        .isEqualTo(Problem.of("sort-unknown", column).at("sort"));
                assertThat(refusal(
                                InvalidInput.class,
                                () -> list.apply(new PageRequest(0, 5, "", true, "", Map.of(column, "1")))))
                        .as(name)
                        .isEqualTo(Problem.of("filter-unknown", column).at(column));
            }
        });
        for (var column : List.of("state", "type")) {
            assertThat(refusal(InvalidInput.class, () -> filtered(Actor.ROOT, Map.of(column, "' or 1=1"))))
                    .isEqualTo(Problem.of("filter-value", column, "' or 1=1").at(column));
        }
        assertThat(refusal(InvalidInput.class, () -> jobs.list(Actor.ROOT, jobFilter("site", "one")))
                        .code())
                .isEqualTo("filter-value");
    }

    @Test
    void refusesPagesThatAreNone() {
        for (var wrong :
                List.of(List.of(-1, 5), List.of(0, 0), List.of(0, -1), List.of(0, PageRequest.MAX_LIMIT + 1))) {
            assertThat(refusal(
                                    InvalidInput.class,
                                    () -> new PageRequest(wrong.get(0), wrong.get(1), "", true, "", Map.of()))
                            .code())
                    .startsWith("page-");
        }
    }

    @Test
    void showsOwnersTheirOwnRowsWhateverTheyAskFor() {
        var alice = owner("alice");
        var bob = owner("bob");
        var name = Fresh.siteName("private");
        var site = site(alice, name);
        var token = tokens.create(alice, new org.berth.accounts.TokenDraft("private", 0));
        for (var request : List.of(
                PageRequest.first(1000),
                new PageRequest(0, 1000, "", true, name, Map.of()),
                new PageRequest(0, 1000, "id", false, "", Map.of()))) {
            assertThat(sites.list(bob, request).total()).isZero();
            assertThat(jobs.list(bob, request).total()).isZero();
        }
        assertThat(filtered(bob, Map.of("owner", alice.name())).total()).isZero();
        assertThat(jobs.list(bob, jobFilter("site", String.valueOf(site.id()))).total())
                .isZero();
        assertThat(accounts.list(bob, PageRequest.first(1000)).rows())
                .extracting(account -> account.login())
                .containsExactly(bob.name());
        assertThat(accounts.list(bob, new PageRequest(0, 10, "", true, alice.name(), Map.of()))
                        .total())
                .isZero();
        assertThat(tokens.list(bob, PageRequest.first(1000)).rows()).doesNotContain(token.token());
        assertThat(audit.list(bob, PageRequest.first(1000)).rows())
                .extracting(entry -> entry.target().name())
                .doesNotContain(name, alice.name());
        // While she and administrators see them all.
        assertThat(sites.list(alice, PageRequest.first(10)).total()).isEqualTo(1);
        assertThat(sites.list(administrator(), new PageRequest(0, 10, "", true, name, Map.of()))
                        .total())
                .isEqualTo(1);
        assertThat(jobs.list(alice, PageRequest.first(10)).rows())
                .extracting(JobView::targetName)
                .containsExactly(name);
    }

    @Test
    void findsSitesByAnyOfTheirNamesInEitherForm() {
        var alice = owner("alice");
        var part = Fresh.random();
        var alias = "alias-" + part + ".com";
        over(sites.create(alice, draft("bücher-" + part + ".com", Optional.empty(), Optional.empty(), alias)));
        site(alice);
        for (var search : List.of(
                alias,
                "ALIAS-" + part,
                part,
                "bücher-" + part + ".com",
                "BÜCHER-" + part + ".COM",
                "  " + part + " ")) {
            assertThat(searched(alice, search)).as(search).isEqualTo(1);
        }
    }

    @Test
    void findsJobsAndAuditEntriesByANameInEitherForm() {
        var alice = owner("alice");
        var part = Fresh.random();
        var shown = "bücher-" + part + ".com";
        var ascii = site(alice, shown).name();
        assertThat(ascii).startsWith("xn--");
        over(sites.delete(alice, ascii));
        over(sites.purge(Actor.ROOT, ascii));
        // As it was typed, since nothing of that name is there any more.
        assertThat(refusal(NotFound.class, () -> sites.resume(alice, shown)).code())
                .isEqualTo("site-unknown");
        for (var search : List.of(ascii, shown, "BÜCHER-" + part, ascii.substring(0, ascii.length() - 4))) {
            assertThat(jobs.list(Actor.ROOT, search(search)).rows())
                    .as(search)
                    .extracting(JobView::type)
                    .containsExactly("site-purge", "site-delete", "site-create");
            assertThat(audit.list(Actor.ROOT, search(search)).rows())
                    .as(search)
                    .extracting(AuditView::action)
                    .containsExactly("site:resume", "site:purge", "site:delete", "site:create");
        }
    }

    @Test
    void takesWildcardsAndQuotesInASearchForWhatTheyAre() {
        var alice = owner("alice");
        site(alice);
        for (var search :
                List.of("%", "_", "%com", "site_", "!", "!%", "\\", "'", "\"", "' or '1'='1", "--", "[a-z]", "*")) {
            assertThat(searched(alice, search)).as(search).isZero();
            assertThat(jobs.list(alice, search(search)).total()).as(search).isZero();
        }
        for (var name : List.of("100% O'Hara", "under_score", "back\\slash", "bang!bang", "\"quoted\"")) {
            var login = Fresh.login("literal");
            accounts.create(Actor.ROOT, new AccountDraft(login, name + login, "", Role.OWNER));
            assertThat(accounts.list(Actor.ROOT, search(name + login)).total())
                    .as(name)
                    .isEqualTo(1);
            var wild = (name + login).replaceAll("[%_!\\\\]", "x");
            if (!wild.equals(name + login)) {
                assertThat(accounts.list(Actor.ROOT, search(wild)).total())
                        .as(wild)
                        .isZero();
            }
        }
        accounts.create(Actor.ROOT, new AccountDraft(Fresh.login("literal"), "underXscore-only", "", Role.OWNER));
        assertThat(accounts.list(Actor.ROOT, search("under_score-only")).total())
                .isZero();
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> cast(Comparable<?> value) {
        return (Comparable<Object>) value;
    }

    private Page<SiteRow> filtered(Actor actor, Map<String, String> filters) {
        return sites.list(actor, new PageRequest(0, 100, "", true, "", filters));
    }

    private long searched(Actor actor, String text) {
        return sites.list(actor, search(text)).total();
    }

    private static PageRequest search(String text) {
        return new PageRequest(0, 100, "", true, text, Map.of());
    }

    private static PageRequest jobFilter(String column, String value) {
        return new PageRequest(0, 100, "", true, "", Map.of(column, value));
    }
}
