using DataExchange.Adapters.Tests.Sql.Servers;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
[assembly: AssemblyFixture(typeof(MariaDbServer))]
