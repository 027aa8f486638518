# Read every table of a data package with base R and say how many rows and missing values it has, as CSV.
# Usage: Rscript package.R FOLDER

folder <- file.path(commandArgs(trailingOnly = TRUE)[1], "data")
cat("table,rows,missing\n")
for (file in list.files(folder, pattern = "[.]csv$")) {
  table <- read.csv(file.path(folder, file), colClasses = "character", na.strings = "", encoding = "UTF-8")
  cat(sub("[.]csv$", "", file), nrow(table), sum(is.na(table)), sep = ",")
  cat("\n")
}
