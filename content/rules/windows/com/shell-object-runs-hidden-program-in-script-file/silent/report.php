<?php $word = new COM("Word.Application"); $word->Documents->Open("C:\\forms\\a.docx"); $word->Quit(); ?>
