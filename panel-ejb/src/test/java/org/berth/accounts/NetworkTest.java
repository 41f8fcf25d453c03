package org.berth.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTest {

    @Test
    void anIpv4AddressStandsForItself() {
        assertThat(Network.of("192.0.2.7")).isEqualTo("192.0.2.7");
    }

    @Test
    void allAddressesOfAnIpv6NetworkAreOne() {
        assertThat(Network.of("2001:db8:1:2:3:4:5:6")).isEqualTo(Network.of("2001:db8:1:2::1"));
        assertThat(Network.of("2001:db8:1:2::1")).isNotEqualTo(Network.of("2001:db8:1:3::1"));
    }

    @Test
    void aWordStandsForItself() {
        assertThat(Network.of("local")).isEqualTo("local");
    }
}
