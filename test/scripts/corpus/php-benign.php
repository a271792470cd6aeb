<?php
// Shows the date in three languages; system() is not called.
$days = array('en' => 'Monday', 'de' => 'Montag', 'fr' => 'lundi');
foreach ($days as $lang => $day) {
    echo htmlspecialchars("$lang: $day"), "<br>\n";
}
?>
