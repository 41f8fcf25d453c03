package org.berth.system;

/**
 * Somebody with an account.
 *
 * @param password chosen by them at their first login
 * @param token of theirs for the REST API
 */
record Person(String login, String password, String token) {

    RestClient rest() {
        return new RestClient(token);
    }
}
