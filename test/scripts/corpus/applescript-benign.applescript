-- Makes a note of the open documents.
tell application "TextEdit"
	set titles to name of every document
end tell
display dialog (titles as text)
