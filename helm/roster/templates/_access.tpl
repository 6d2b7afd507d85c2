{{/* The name of a Secret, of (list $ "access"): with the release's name even in the release "roster", others share its namespace. */}}
{{- define "roster.secretName" -}}
{{- $root := index . 0 -}}
{{ $root.Values.fullnameOverride | default $root.Release.Name | trunc 40 | trimSuffix "-" }}-{{ index . 1 }}
{{- end }}

{{- define "roster.accessSecret" -}}
{{ .Values.access.existingSecret | default (include "roster.secretName" (list . "access")) }}
{{- end }}

{{- define "roster.ensembleSecret" -}}
{{ .Values.ensembleAccess.existingSecret | default (include "roster.secretName" (list . "zookeeper")) }}
{{- end }}

{{/* A variable from a Secret, of (list "NAME" "secret" "key"). */}}
{{- define "roster.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{/* Who may call a service. */}}
{{- define "roster.callers" -}}
{{- $root := . -}}
{{- range $i, $role := list "operator" "client" "viewer" }}
- name: ROSTER_ACCESS_APIKEYS_{{ $i }}_PRINCIPAL
  value: {{ $role }}
- name: ROSTER_ACCESS_APIKEYS_{{ $i }}_ROLE
  value: {{ $role }}
{{ include "roster.secretVariable" (list (printf "ROSTER_ACCESS_APIKEYS_%d_HASH" $i) (include "roster.accessSecret" $root) (printf "%s-hash" $role)) }}
{{- end }}
{{- range $i, $key := .Values.access.apiKeys }}
{{- $prefix := printf "ROSTER_ACCESS_APIKEYS_%d" (add 3 $i) }}
- name: {{ $prefix }}_PRINCIPAL
  value: {{ $key.principal | quote }}
- name: {{ $prefix }}_ROLE
  value: {{ $key.role }}
- name: {{ $prefix }}_HASH
  value: {{ $key.hash | quote }}
{{- end }}
{{- with .Values.access.jwt }}
{{- if .issuerUri }}
- name: SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI
  value: {{ .issuerUri | quote }}
- name: ROSTER_ACCESS_JWT_ROLESCLAIM
  value: {{ .rolesClaim | quote }}
{{- with .audiences }}
- name: SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES
  value: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* The ensemble's user of Roster's own services, who are the applications' user besides. */}}
{{- define "roster.ensembleService" -}}
{{- if .Values.ensembleAccess.enabled }}
{{- $secret := include "roster.ensembleSecret" . }}
{{ include "roster.secretVariable" (list "ROSTER_ZOOKEEPER_USERNAME" $secret "username") }}
{{ include "roster.secretVariable" (list "ROSTER_ZOOKEEPER_PASSWORD" $secret "password") }}
{{ include "roster.secretVariable" (list "ROSTER_ZOOKEEPER_CLIENTS_0_USERNAME" $secret "client-username") }}
{{ include "roster.secretVariable" (list "ROSTER_ZOOKEEPER_CLIENTS_0_PASSWORD" $secret "client-password") }}
{{- include "roster.whileReplaced" (list "ROSTER_ZOOKEEPER_ADDITIONAL_0" $secret "additional") }}
{{- include "roster.whileReplaced" (list "ROSTER_ZOOKEEPER_CLIENTS_1" $secret "client-additional") }}
{{- end }}
{{- end }}

{{/* The ensemble's user of applications. */}}
{{- define "roster.ensembleClient" -}}
{{- if .Values.ensembleAccess.enabled }}
{{- $secret := include "roster.ensembleSecret" . }}
{{ include "roster.secretVariable" (list "ROSTER_ZOOKEEPER_USERNAME" $secret "client-username") }}
{{ include "roster.secretVariable" (list "ROSTER_ZOOKEEPER_PASSWORD" $secret "client-password") }}
{{- include "roster.whileReplaced" (list "ROSTER_ZOOKEEPER_ADDITIONAL_0" $secret "client-additional") }}
{{- end }}
{{- end }}

{{/* A second user, of (list "VARIABLE" "secret" "additional"), where the Secret has one. */}}
{{- define "roster.whileReplaced" }}
{{- range list "username" "password" }}
{{ include "roster.secretVariable" (list (printf "%s_%s" (index $ 0) (. | upper)) (index $ 1) (printf "%s-%s" (index $ 2) .)) }}
      optional: true
{{- end }}
{{- end }}
