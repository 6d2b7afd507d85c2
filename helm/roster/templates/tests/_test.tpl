{{/* A pod of "helm test", of (dict "root" $ "name" "test-locks" "image" "…" "environment" "- name: …" "script" "…"). */}}
{{- define "roster.test" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "roster.name" (list .root .name) }}
  labels: {{- include "roster.labels" (list .root .name) | nindent 4 }}
    {{- include "roster.clientLabel" . | nindent 4 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-delete-policy: before-hook-creation
spec:
  restartPolicy: Never
  serviceAccountName: {{ include "roster.name" (list .root "registry-server") }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- include "roster.pullSecrets" .root | nindent 2 }}
  securityContext: {{- include "roster.podSecurity" . | nindent 4 }}
  containers:
    - name: test
      image: {{ .image | quote }}
      imagePullPolicy: {{ .root.Values.imagePullPolicy }}
      env:
        - name: JAVA_TOOL_OPTIONS
          value: -Xmx96m
        {{- with .environment | default "" | trim }}
        {{- . | nindent 8 }}
        {{- end }}
      command:
        - bash
        - -c
        - | {{- .script | nindent 10 }}
      securityContext: {{- include "roster.containerSecurity" . | nindent 8 }}
      resources:
        requests:
          cpu: 50m
          memory: 192Mi
        limits:
          memory: 192Mi
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        - name: tmp
          mountPath: /logs
  volumes:
    - name: tmp
      emptyDir: {}
{{- end }}

{{- define "roster.zookeeperImage" -}}
{{ .Values.zookeeper.image.repository }}:{{ .Values.zookeeper.image.tag }}
{{- end }}

{{/* The shell's own way to ask an HTTP server: the images need neither curl nor wget. */}}
{{- define "roster.http" -}}
# http METHOD HOST PORT PATH [JSON]: sets $status, $answer and $last, what was asked.
http() {
  local body=${5:-} reply
  exec 3<>"/dev/tcp/$2/$3" || { echo "no connection to $2:$3"; exit 1; }
  printf '%s %s HTTP/1.0\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
    "$1" "$4" "$2" "$API_KEY" "${#body}" "$body" >&3
  reply=$(timeout 20 cat <&3 | tr -d '\r')
  exec 3>&-
  status=${reply#HTTP/1.? }
  status=${status%%[!0-9]*}
  answer=${reply#*$'\n\n'}
  last="$1 $4: $status"
}
fail() {
  echo "$1"
  echo "$last"
  echo "$answer"
  exit 1
}
{{- end }}
