/** Hands a text to the person as a file of that name. */
export function downloadText(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken the file over by the time the next task runs.
  setTimeout(() => URL.revokeObjectURL(address))
}
