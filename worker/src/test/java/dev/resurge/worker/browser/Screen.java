package dev.resurge.worker.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;

/** Before what somebody sits. */
public enum Screen {
  WIDE {
    @Override
    NewContextOptions options() {
      return new NewContextOptions().setViewportSize(1280, 1000);
    }
  },
  /** The wide one of somebody who prefers dark pages. */
  DARK {
    @Override
    NewContextOptions options() {
      return WIDE.options().setColorScheme(ColorScheme.DARK);
    }
  },
  PHONE {
    @Override
    NewContextOptions options() {
      return new NewContextOptions()
          .setViewportSize(390, 844)
          .setDeviceScaleFactor(2)
          .setIsMobile(true)
          .setHasTouch(true);
    }
  };

  abstract NewContextOptions options();
}
