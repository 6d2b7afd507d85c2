{{/*
One application, of (dict "root" $ "part" "registry-server" "port" 8760 "values" .Values.registryServer "environment" "- name: ...").
*/}}
{{- define "roster.application" -}}
{{- $root := .root -}}
{{- $name := include "roster.name" (list $root .part) -}}
{{- $labels := include "roster.labels" (list $root .part) -}}
{{- $selector := include "roster.selector" (list $root .part) -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  labels: {{- $labels | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels: {{- $labels | nindent 4 }}
spec:
  selector: {{- $selector | nindent 4 }}
  ports:
    - name: http
      port: {{ .port }}
      targetPort: http
---
apiVersion: {{ include "roster.budgetApiVersion" $root }}
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  labels: {{- $labels | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {{- $selector | nindent 6 }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  labels: {{- $labels | nindent 4 }}
spec:
  replicas: {{ .values.replicas }}
  selector:
    matchLabels: {{- $selector | nindent 6 }}
  strategy:
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  template:
    metadata:
      labels: {{- $labels | nindent 8 }}
        {{- include "roster.clientLabel" . | nindent 8 }}
    spec:
      serviceAccountName: {{ $name }}
      automountServiceAccountToken: false
      # Kubernetes' own LOCK_SERVICE_PORT and the like are not to be taken for properties.
      enableServiceLinks: false
      {{- include "roster.pullSecrets" $root | nindent 6 }}
      # The pause before the stop, and then at most 30 s in which the application leaves and ends the requests under way.
      terminationGracePeriodSeconds: 45
      {{- include "roster.spread" (list $root .part) | nindent 6 }}
      securityContext: {{- include "roster.podSecurity" . | nindent 8 }}
      containers:
        - name: {{ .part }}
          image: "{{ .values.image.repository }}:{{ .values.image.tag | default $root.Chart.AppVersion }}"
          imagePullPolicy: {{ $root.Values.imagePullPolicy }}
          env:
            # The application listens on loopback alone unless it is told otherwise.
            - name: SERVER_ADDRESS
              value: 0.0.0.0
            - name: SERVER_PORT
              value: {{ .port | quote }}
            - name: SPRING_CLOUD_ZOOKEEPER_CONNECT_STRING
              value: {{ include "roster.connectString" $root | quote }}
            - name: JAVA_TOOL_OPTIONS
              value: "-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError {{ include "roster.dnsFlags" . }}"
            {{- with .environment | default "" | trim }}
            {{- . | nindent 12 }}
            {{- end }}
            {{- range $key, $value := .values.env }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
          ports:
            - name: http
              containerPort: {{ .port }}
          startupProbe:
            httpGet:
              path: /actuator/health/liveness
              port: http
            periodSeconds: 1
            timeoutSeconds: 5
            failureThreshold: 600
          livenessProbe:
            httpGet:
              path: /actuator/health/liveness
              port: http
            periodSeconds: 10
            timeoutSeconds: 5
          readinessProbe:
            httpGet:
              path: /actuator/health/readiness
              port: http
            periodSeconds: 5
            timeoutSeconds: 5
          lifecycle:
            preStop:
              exec:
                # Until every node has taken this pod out of the Service: a new request finds another one.
                command: [sleep, "5"]
          securityContext: {{- include "roster.containerSecurity" . | nindent 12 }}
          resources: {{- toYaml .values.resources | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir: {}
{{- end }}
