// Says so on the page when a device gives no passkey, or its owner stops.
document.addEventListener('allauth.error', event => {
  event.preventDefault()
  const failed = document.getElementById('passkey-failed')
  if (failed) {
    failed.hidden = false
  }
})
