using Microsoft.Data.Sqlite;

namespace DataExchange.TransparencyLog.Tests.Support;

/// <summary>Somebody with access to the files.</summary>
internal static class Sql
{
    public static object? Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
