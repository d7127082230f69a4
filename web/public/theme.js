// Sets the chosen theme before anything is painted; a file of its own, as the page allows no inline scripts.
try {
  const theme = localStorage.getItem("bioweft.theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to this page: the system's theme holds.
}
