package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.com;id",
                "$(id).com",
                "a.com{}",
                "../a.com",
                "-a.com",
                "a-.com",
                "*.com",
                "a..com",
                ".a.com",
                "a.com.",
                "a.com\n",
                "a.com\nuser=root",
                " a.com",
                "a.com ",
                "a_b.com",
                "http://a.com",
                "a.com/x",
                "a.com:80",
                "a.com\u0000",
                "a%2ecom",
                "a.com'",
                "a.com\"",
                "a.com\\",
                "a.com#",
                "\u202ea.com",
                "a.c"
            })
    void whatIsNoHostNameIsRefused(String typed) {
        assertRefused(typed, "name-malformed");
    }

    @ParameterizedTest
    @CsvSource({
        "'',name-length",
        "localhost,name-single-label",
        "intranet,name-single-label",
        "my.localhost,name-leads-nowhere",
        "site.invalid,name-leads-nowhere",
        "192.0.2.1,name-is-address",
        "10.1,name-is-address",
        "0x7f.0x1,name-is-address",
        "com,name-single-label",
        "co.uk,name-public-suffix",
        "github.io,name-public-suffix",
        "аpple.com,name-mixed-scripts"
    })
    void nameThatCannotBeASiteIsRefusedWithItsReason(String typed, String code) {
        assertRefused(typed, code);
    }

    @Test
    void labelOf63CharactersIsTheLongest() {
        assertThat(DomainName.of("a".repeat(63) + ".com").ascii()).hasSize(67);
        assertRefused("a".repeat(64) + ".com", "name-label-length");
    }

    @Test
    void nameOf253CharactersIsTheLongest() {
        var longest = ("a".repeat(49) + ".").repeat(5) + "com";
        assertThat(DomainName.of(longest).ascii()).hasSize(253);
        assertRefused("a" + longest, "name-length");
    }

    @Test
    void formsOfOneNameAreEqual() {
        assertThat(DomainName.of("MÜNCHEN.example")).isEqualTo(DomainName.of("xn--mnchen-3ya.example"));
        assertThat(DomainName.of("Shop.Example.COM").ascii()).isEqualTo("shop.example.com");
    }

    @Test
    void peopleSeeTheirAlphabet() {
        assertThat(DomainName.of("xn--mnchen-3ya.example").unicode()).isEqualTo("münchen.example");
        assertThat(DomainName.of("straße.example").unicode()).isEqualTo("straße.example");
    }

    @ParameterizedTest
    @CsvSource({
        "xn--mnchen-3ya.example,münchen.example",
        "münchen.example,xn--mnchen-3ya.example",
        "MÜNCHEN.Example,xn--mnchen-3ya.example",
        "plain.example,''",
        "Plain.Example,''",
        "xn--80ak6aa92e.com,''",
        "xn--,''",
        "alice,''",
        "no name at all;,''",
        "'',''"
    })
    void nameIsSearchedForInItsOtherFormToo(String text, String other) {
        assertThat(DomainName.otherForm(text)).isEqualTo(other);
    }

    @Test
    void nameThatLooksLatinIsShownInItsAsciiForm() {
        var cyrillic = DomainName.of("аррӏе.com");

        assertThat(cyrillic.unicode()).isEqualTo(cyrillic.ascii()).startsWith("xn--");
    }

    @Test
    void parentsAreTheNamesAboveIt() {
        assertThat(DomainName.of("a.b.example.com").parents()).containsExactly("b.example.com", "example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,true",
        "example.co.uk,true",
        "shop.example.com,false",
        "site.test,true",
        "a.site.test,false"
    })
    void registrableNamesLieDirectlyBelowASuffix(String name, boolean registrable) {
        assertThat(DomainName.of(name).isRegistrable()).isEqualTo(registrable);
    }

    private static void assertRefused(String typed, String code) {
        assertThatThrownBy(() -> DomainName.of(typed))
                .asInstanceOf(type(InvalidInput.class))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo(code);
                    assertThat(refused.problem().field()).isEqualTo("name");
                });
    }
}
