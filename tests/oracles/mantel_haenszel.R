# Mantel-Haenszel incidence-rate ratio over strata with exposures, 95 %.
suppressWarnings(suppressPackageStartupMessages(library(metafor)))

source <- paste0("metafor ", packageVersion("metafor"), " rma.mh(IRR)")

rows <- function(case, strata, note = "") {
  fit <- suppressWarnings(rma.mh(measure = "IRR", x1i = strata[, 1], t1i = strata[, 2], x2i = strata[, 3], t2i = strata[, 4], level = 95))
  values <- exp(c(ratio = unname(fit$beta[1]), low = fit$ci.lb, high = fit$ci.ub))
  stopifnot(all(is.finite(values)))
  whole <- format(strata, scientific = FALSE, trim = TRUE)
  input <- paste0('{""strata"":[', paste(apply(whole, 1, function(s) paste0("[", paste(s, collapse = ","), "]")), collapse = ","), "]}")
  for (output in names(values)) {
    cat(sprintf('mantel_haenszel,%s,"%s",%s,%.15g,%.2g,%s\n', case, input, output, values[[output]], 1e-9 * values[[output]], paste0(source, note)))
  }
}

table <- function(...) matrix(c(...), ncol = 4, byrow = TRUE)

rows("one stratum", table(60, 10000, 30, 20000))
rows("catheter trials", as.matrix(metadat::dat.nielweise2008[, c("x1i", "t1i", "x2i", "t2i")]), " of metadat::dat.nielweise2008")
rows("three strata", table(14, 5200, 9, 7100, 40, 21000, 22, 20500, 3, 900, 8, 1500))
rows("opposed strata", table(50, 1000, 10, 1000, 10, 1000, 50, 1000))
rows("zero in one arm", table(0, 1000, 2, 1500, 5, 2000, 3, 900, 7, 4000, 0, 3500))
rows("stratum without any", table(0, 1000, 0, 1500, 5, 2000, 3, 900))
rows("large", table(120345, 100000000, 98765, 110000000, 2345678, 900000000, 2212345, 870000000, 12, 50000, 30, 61000))
