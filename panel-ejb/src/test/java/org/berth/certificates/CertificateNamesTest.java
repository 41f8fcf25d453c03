package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateNamesTest {

    @Test
    void nameThatAStarStandsForIsNotOrderedBesideIt() {
        assertThat(CertificateNames.ordered(
                        List.of("shop.example", "www.shop.example", "a.b.shop.example"), List.of("*.shop.example")))
                .containsExactly("*.shop.example", "a.b.shop.example", "shop.example");
    }

    @Test
    void namesBelongToTheDomainThatSomebodyHasRegistered() {
        assertThat(CertificateNames.registered(List.of(
                        "shop.example.com",
                        "*.shop.example.com",
                        "example.com",
                        "a.b.example.co.uk",
                        "alice.github.io")))
                .containsExactlyInAnyOrder("example.com", "example.co.uk", "alice.github.io");
        // As it is stored, below a suffix with letters of its own.
        assertThat(CertificateNames.registered(List.of("www.xn--mnchen-3ya.de", "a.b.xn--85x722f.xn--55qx5d.cn")))
                .containsExactlyInAnyOrder("xn--mnchen-3ya.de", "xn--85x722f.xn--55qx5d.cn");
    }

    @Test
    void nameThatNobodyHasRegisteredIsCountedAlone() {
        assertThat(CertificateNames.registered(List.of("shop.intranet", "a.shop.intranet", "github.io")))
                .containsExactlyInAnyOrder("shop.intranet", "a.shop.intranet", "github.io");
    }
}
