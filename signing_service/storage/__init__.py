"""The only home of SQLModel: tables, repositories, migrations and blobs."""
