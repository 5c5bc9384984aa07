# Runs a PostgreSQL in the folder $2 from the programs in $1, until its standard
# input ends: with whoever holds the other end, however that ends. Then nothing
# of it is left.
set -u
bin=$1 dir=$2
trap '' INT HUP TERM # Ctrl-C is for the tests
exec >"$dir/log" 2>&1

"$bin/initdb" --pgdata="$dir/data" --username=tests --auth=trust --encoding=UTF8 --locale=C --no-sync || exit 1
"$bin/postgres" -D "$dir/data" \
	-c listen_addresses= -c unix_socket_directories="$dir" \
	-c fsync=off -c synchronous_commit=off -c full_page_writes=off \
	-c max_connections=200 -c shared_buffers=32MB -c autovacuum=off &
server=$!
cat >/dev/null
kill -QUIT "$server"
wait "$server"
rm -rf "$dir"
