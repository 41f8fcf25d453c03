package org.berth.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.berth.platform.DomainName;
import org.berth.platform.InvalidInput;
import org.junit.jupiter.api.Test;

class SiteNamesTest {

    private static final DomainName NAME = DomainName.of("example.com");
    private static final DomainName ALIAS = DomainName.of("example.org");

    @Test
    void wwwLeadsToTheBareName() {
        var names = new SiteNames(NAME, WwwChoice.REDIRECT_TO_BARE, List.of(ALIAS));

        assertThat(names.canonical()).isEqualTo(NAME);
        assertThat(names.served()).containsExactly(NAME, ALIAS);
        assertThat(names.redirected()).containsExactly(NAME.www());
    }

    @Test
    void bareNameLeadsToWww() {
        var names = new SiteNames(NAME, WwwChoice.REDIRECT_TO_WWW, List.of());

        assertThat(names.canonical()).isEqualTo(NAME.www());
        assertThat(names.served()).containsExactly(NAME.www());
        assertThat(names.redirected()).containsExactly(NAME);
    }

    @Test
    void bothAreServed() {
        var names = new SiteNames(NAME, WwwChoice.SERVE_BOTH, List.of());

        assertThat(names.served()).containsExactly(NAME, NAME.www());
        assertThat(names.redirected()).isEmpty();
    }

    @Test
    void siteWithoutWwwLeavesThatNameFree() {
        assertThat(new SiteNames(NAME, WwwChoice.NONE, List.of()).taken()).containsOnlyKeys(NAME);
    }

    @Test
    void everyNameItTakesHasAKind() {
        assertThat(new SiteNames(NAME, WwwChoice.SERVE_BOTH, List.of(ALIAS)).taken())
                .containsEntry(NAME, NameKind.CANONICAL)
                .containsEntry(NAME.www(), NameKind.WWW)
                .containsEntry(ALIAS, NameKind.ALIAS)
                .hasSize(3);
    }

    @Test
    void nameTwiceIsRefused() {
        assertThatThrownBy(() -> new SiteNames(NAME, WwwChoice.SERVE_BOTH, List.of(NAME.www())))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("alias-twice");
        assertThatThrownBy(() -> new SiteNames(NAME, WwwChoice.NONE, List.of(ALIAS, ALIAS)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void wwwOfWwwIsRefused() {
        assertThatThrownBy(() -> new SiteNames(NAME.www(), WwwChoice.SERVE_BOTH, List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("www-of-www");
    }

    @Test
    void moreThanFiftyAliasesAreRefused() {
        var many = IntStream.rangeClosed(1, 51)
                .mapToObj(number -> DomainName.of("a" + number + ".example.org"))
                .toList();

        assertThatThrownBy(() -> new SiteNames(NAME, WwwChoice.NONE, many)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void refusedAliasIsNamedByItsPlace() {
        assertThatThrownBy(() -> SiteNames.aliases(List.of("good.example.org", "bad;id")))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.problem().field()).isEqualTo("aliases[1]"));
    }

    @Test
    void onlyRegistrableNamesGetAWwwByThemselves() {
        assertThat(SiteNames.usualWww(NAME)).isEqualTo(WwwChoice.REDIRECT_TO_BARE);
        assertThat(SiteNames.usualWww(DomainName.of("shop.example.com"))).isEqualTo(WwwChoice.NONE);
        assertThat(SiteNames.usualWww(NAME.www())).isEqualTo(WwwChoice.NONE);
    }
}
