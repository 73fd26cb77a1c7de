import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_interests'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('officer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='people.officer')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='people.party')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('officer', 'party'), name='one_recusal_per_party')],
            },
        ),
    ]
