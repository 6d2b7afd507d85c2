{{/* The name of a part, of (list $ "zookeeper"): the part's own in the release "roster", so that it is the same everywhere. */}}
{{- define "roster.name" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- if and (eq $root.Release.Name "roster") (not $root.Values.fullnameOverride) -}}
{{ $part }}
{{- else -}}
{{ $root.Values.fullnameOverride | default $root.Release.Name | trunc 40 | trimSuffix "-" }}-{{ $part }}
{{- end -}}
{{- end }}

{{/* What selects the pods of a part, of (list $ "zookeeper"). It cannot change after the installation. */}}
{{- define "roster.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end }}

{{- define "roster.labels" -}}
{{- $root := index . 0 -}}
{{ include "roster.selector" . }}
app.kubernetes.io/part-of: roster
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ $root.Chart.Name }}-{{ $root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* A member's host name, of (list $ 0). */}}
{{- define "roster.member" -}}
{{- $root := index . 0 -}}
{{ include "roster.name" (list $root "zookeeper") }}-{{ index . 1 }}.
{{- include "roster.name" (list $root "zookeeper-headless") }}.{{ $root.Release.Namespace }}.svc.{{ $root.Values.clusterDomain }}
{{- end }}

{{/* Every member by its own name, and not the Service: a client chooses another one as soon as one is gone. */}}
{{- define "roster.connectString" -}}
{{- if .Values.externalEnsemble.connectString -}}
{{ .Values.externalEnsemble.connectString }}
{{- else -}}
{{- $members := list -}}
{{- range $i := until (int .Values.zookeeper.members) -}}
{{- $members = append $members (printf "%s:2181" (include "roster.member" (list $ $i))) -}}
{{- end -}}
{{ join "," $members }}
{{- end -}}
{{- end }}

{{/* PodDisruptionBudget is policy/v1 from Kubernetes 1.21 on. By the version, because a template made without a cluster knows no API versions. */}}
{{- define "roster.budgetApiVersion" -}}
{{ if semverCompare ">=1.21.0-0" .Capabilities.KubeVersion.Version }}policy/v1{{ else }}policy/v1beta1{{ end }}
{{- end }}

{{/* Pods of one part on different nodes and in different zones where there are enough. Not required: a cluster of one node must do, too. */}}
{{- define "roster.spread" -}}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "roster.selector" $ | nindent 8 }}
  {{- end }}
affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels: {{- include "roster.selector" . | nindent 14 }}
{{- end }}

{{/* What a pod needs to reach the ensemble where the network enforces policies. */}}
{{- define "roster.clientLabel" -}}
roster/zookeeper-client: "true"
{{- end }}

{{- define "roster.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "roster.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "roster.pullSecrets" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* A JVM keeps a DNS answer for 30 s; a pod that is back has another address at once. */}}
{{- define "roster.dnsFlags" -}}
-Dsun.net.inetaddr.ttl=1 -Dsun.net.inetaddr.negative.ttl=0
{{- end }}
