{{/* An Ingress for one application, of (dict "root" $ "part" "lock-service" "values" .Values.lockService.ingress), where there is a host. */}}
{{- define "roster.ingress" -}}
{{- if .values.host }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "roster.name" (list .root .part) }}
  labels: {{- include "roster.labels" (list .root .part) | nindent 4 }}
  {{- with .values.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with .values.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with .values.tlsSecret }}
  tls:
    - hosts: [{{ $.values.host | quote }}]
      secretName: {{ . }}
  {{- end }}
  rules:
    - host: {{ .values.host | quote }}
      http:
        paths:
          # Not the actuator: it is the cluster's own.
          {{- range list "/api" "/v3/api-docs" "/swagger-ui" "/swagger-ui.html" }}
          - path: {{ . }}
            pathType: Prefix
            backend:
              service:
                name: {{ include "roster.name" (list $.root $.part) }}
                port:
                  name: http
          {{- end }}
{{- end }}
{{- end }}
