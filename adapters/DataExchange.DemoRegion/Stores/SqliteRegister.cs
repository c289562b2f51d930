using Microsoft.Data.Sqlite;

namespace DataExchange.DemoRegion.Stores;

/// <summary>A relational register in one SQLite file, with a note in it that it is synthetic.</summary>
internal static class SqliteRegister
{
    /// <summary>Writes a new file. The first column of each table is its key.</summary>
    public static void Write(string path, params IReadOnlyList<Table> tables)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Without pooling the file is closed, and may be moved, as soon as the connection is disposed.
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        // The file is made in a folder that nobody reads yet and is thrown away if anything fails, so durability can wait for the end.
        Execute(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
        using var transaction = connection.BeginTransaction();
        Write(connection, new Table("about", ["note"], [[Synthetic.Note]]));
        foreach (var table in tables)
        {
            Write(connection, table);
        }

        transaction.Commit();
    }

    private static void Write(SqliteConnection connection, Table table)
    {
        Execute(connection, $"CREATE TABLE {table.Name} ({string.Join(", ", table.Columns.Select(Declaration))}) WITHOUT ROWID;");

        using var insert = connection.CreateCommand();
        var parameters = table.Columns.Select((_, i) => insert.Parameters.Add(new SqliteParameter("@" + i, null))).ToArray();
        insert.CommandText = $"INSERT INTO {table.Name} VALUES ({string.Join(", ", parameters.Select(parameter => parameter.ParameterName))});";
        insert.Prepare();
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i].Value = row[i] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }
    }

    private static string Declaration(string column, int index) => index == 0 ? column + " TEXT NOT NULL PRIMARY KEY" : column;

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables and columns are constants of this project.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
