#!/bin/sh
# Starts an OpenSearch cluster on this machine, to try the backend in a cluster and to measure it; Ctrl-C ends it. Needs Java
# 21 or newer, Maven and curl. The nodes listen on 127.0.0.1 only, at ports from 19201 on, without TLS and passwords.
#
#     sh benches/nodes.sh [NODES] [HEAP]      1 node of 512m by default
set -eu
nodes=${1:-1} heap=${2:-512m}
cd "$(dirname "$0")/.."
folder=target/nodes
mkdir -p $folder
cp tests/it/cluster/pom.xml tests/it/cluster/Node.java $folder
if [ ! -e $folder/classes/Node.class ]; then
    echo "downloading OpenSearch"
    mvn -B -q -f $folder/pom.xml dependency:copy-dependencies -DoutputDirectory=lib
    java -cp "$folder/lib/*" org.eclipse.jdt.internal.compiler.batch.Main -21 -nowarn -cp "$(echo $folder/lib/*.jar | tr ' ' :)" \
        -d $folder/classes $folder/Node.java
fi
seeds=$(seq -s, -f '127.0.0.1:%.0f' 19301 $((19300 + nodes)))
names=$(seq -s, -f 'n%.0f' 1 "$nodes")
if curl -s http://127.0.0.1:19201 >/dev/null; then
    echo "port 19201 is in use" >&2
    exit 1
fi
trap 'trap - EXIT INT TERM; kill 0' EXIT INT TERM
for i in $(seq "$nodes"); do
    # A node ends when its input does.
    sleep 1000000 | java "-Xms$heap" "-Xmx$heap" -cp "$folder/classes:$folder/lib/*" Node $folder/data/n"$i" \
        cluster.name=trial node.name=n"$i" network.host=127.0.0.1 http.port=$((19200 + i)) transport.port=$((19300 + i)) \
        discovery.type=zen discovery.seed_hosts="$seeds" cluster.initial_cluster_manager_nodes="$names" \
        cluster.routing.allocation.disk.threshold_enabled=false action.auto_create_index=false >$folder/n"$i".log 2>&1 &
done
tries=180
until curl -sf "http://127.0.0.1:19201/_cluster/health?wait_for_nodes=$nodes&timeout=1s" >/dev/null; do
    tries=$((tries - 1))
    if [ $tries = 0 ]; then
        echo "the nodes do not start; see $folder/n1.log" >&2
        exit 1
    fi
    sleep 1
done
echo "$nodes node(s): --index http://127.0.0.1:19201/news"
wait
