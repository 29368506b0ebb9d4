package dev.resurge.activities.store;

import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.TargetIdentity;

/** Where in a store things lie; {@code docs/format.md} draws it. */
record StoreLayout(String system) {
  static final String MANIFEST = "manifest.json";
  static final String SIGNATURE = "manifest.sig";
  static final String BAD = "bad.json";
  static final String VERIFIED = "verified.json";
  static final String REMOVING = "removing.json";
  static final String COMPONENT = "component.json";

  static String target(TargetIdentity identity) {
    return "targets/" + identity;
  }

  String sets() {
    return system + "/sets/";
  }

  /** With a slash at its end, as all prefixes here. */
  String set(SetId set) {
    return sets() + set + "/";
  }

  String inSet(SetId set, String path) {
    return set(set) + path;
  }

  String component(SetId set, String component) {
    return set(set) + component + "/";
  }

  String componentPart(SetId set, String component, String token) {
    return component(set, component) + token + "/" + COMPONENT;
  }

  String claims() {
    return system + "/claims/";
  }

  String claims(SetId set) {
    return claims() + set + "/";
  }

  String claim(SetId set, RunId run) {
    return claims(set) + run + ".json";
  }

  /** Named by a digest, because the nonce is somebody else's text. */
  String answer(String nonce) {
    return system + "/answers/" + Json.sha256(nonce) + ".json";
  }

  String journals() {
    return system + "/journal/";
  }

  String journal(RunId run) {
    return journals() + run + "/";
  }

  String journalEntry(RunId run, int number) {
    return journal(run) + number + ".json";
  }
}
